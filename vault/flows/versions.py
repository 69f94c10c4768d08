"""The versions of a document: listed, served, restored."""

from uuid import UUID

from django.db import transaction

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import NotFound
from vault.access import Role
from vault.errors import NotServed
from vault.events import Event
from vault.flows.download import permit_of
from vault.flows.visit import visit_document
from vault.gateway.permit import DownloadPermit
from vault.models import SERVED, Document, Version
from vault.rights.fetching import HeldDocument, fetch_document


def versions_of(held: HeldDocument) -> list[Version]:
    """The newest first."""
    versions = Version.objects.filter(document=held.document).select_related("blob", "created_by")
    return list(versions.order_by("-number"))


@transaction.atomic
def download_version(actor: Member, document_id: UUID, number: int) -> DownloadPermit:
    """Raises `NotFound`, `TooWeak`, `NotServed`."""
    document = visit_document(actor, document_id, at_least=Role.READ).document
    return permit_of(actor, document, fetch_version(document, number))


@transaction.atomic
def restore_version(actor: Member, document_id: UUID, number: int) -> Version:
    """An older version becomes the newest: a new version with the old one's bytes.

    No byte is stored again, so no room is taken. Restoring the current version does nothing.
    Raises `NotFound`, `TooWeak`, `NotServed`.
    """
    document = fetch_document(actor, document_id, at_least=Role.EDIT).document
    list(Document.objects.select_for_update(no_key=True).filter(pk=document.pk))
    newest = Version.objects.filter(document=document).latest("number")
    old = fetch_version(document, number)
    if old.pk == newest.pk:
        return old
    restored = Version.objects.create(
        tenant_id=actor.tenant_id,
        document=document,
        number=newest.number + 1,
        blob=old.blob,
        restored_from=old.number,
        created_by_id=actor.user_id,
    )
    document.current = restored
    document.save(update_fields=["current", "changed_at"])
    record(actor, Event.VERSION_RESTORED, document, version=restored.number, source=old.number)
    return restored


def fetch_version(document: Document, number: int) -> Version:
    """One that can be served."""
    versions = Version.objects.filter(document=document, number=number)
    version = versions.select_related("blob").first()
    if version is None:
        raise NotFound
    if version.blob.state not in SERVED:
        raise NotServed
    return version
