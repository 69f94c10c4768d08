"""What must be true of an organisation, whatever happened to it."""

import hashlib
from uuid import UUID

from django.db.models import Sum

from tenants.scoping import scope
from tenants.verification import verify
from tests.services.stack import Stack
from vault.models import Blob, Document, Reservation, Usage, Version


def assert_whole(stack: Stack, tenant_id: UUID) -> None:
    """Rows, bytes, room and trail agree; nothing is on its way."""
    with scope(tenant_id):
        blobs = list(Blob.objects.all())
        assert all(blob.state == "unscanned" for blob in blobs)
        assert {blob.key: blob.sha256 for blob in blobs} == kept(stack, tenant_id)
        assert not any((stack.files / "incoming").iterdir())
        assert not Reservation.objects.exists()
        assert {blob.pk for blob in blobs} == set(Version.objects.values_list("blob", flat=True))
        assert not Document.objects.filter(current__isnull=True).exists()
        assert_counted()
        assert verify(tenant_id).state == "whole"


def kept(stack: Stack, tenant_id: UUID) -> dict[str, bytes]:
    """Every file of the organisation's, by key, with the digest of what is in it."""
    root = stack.files / "tenants" / str(tenant_id)
    return {
        str(file.relative_to(stack.files)): hashlib.sha256(file.read_bytes()).digest()
        for file in root.rglob("*")
        if file.is_file()
    }


def assert_counted() -> None:
    total = Blob.objects.aggregate(size=Sum("size"))["size"] or 0
    for usage in Usage.objects.all():
        own = Blob.objects.filter(owner_id=usage.user_id).aggregate(size=Sum("size"))["size"] or 0
        expected = own if usage.user_id else total
        assert (usage.stored, usage.reserved) == (expected, 0)
