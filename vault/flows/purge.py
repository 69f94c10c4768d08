"""For good: what lay in the trash long enough, or what a manager empties out of it.

    [tx] the blobs are condemned: nothing serves them any more; recorded
         their bytes are removed
    [tx] the blobs are gone, their room is free, the rows go

A crash in between leaves condemned blobs and the rows of the trash: the next run goes on.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from tenants.actor import Actor, Member, System, require_admin
from tenants.audit import record
from tenants.errors import NotFound
from tenants.models import Organisation, Policy
from tenants.scoping import scope
from vault import quota
from vault.events import Event
from vault.flows.notify import notify
from vault.models import Blob, BlobState, Document, Folder, Trashing, Version
from vault.models.tree import lock_tree
from vault.notices import Notice
from vault.storage import vault_storage

WARNED_BEFORE: Final = timedelta(days=3)


def purge(actor: Member, trashing_id: UUID) -> None:
    """By an admin, before its time. Raises `NotFound`, `TooWeak`."""
    require_admin(actor)
    with scope(actor.tenant_id):
        trashing = Trashing.objects.filter(pk=trashing_id).first()
    if trashing is None:
        raise NotFound
    remove(actor, trashing)


def purge_overdue() -> int:
    """In every organisation, what has lain there for its time. Answers how many acts went."""
    tenants = Organisation.objects.values_list("pk", flat=True)
    return sum(purge_tenant(tenant) for tenant in tenants)


def warn_of_purge() -> None:
    """In every organisation: who threw something away is told once, some days before it goes."""
    for tenant in Organisation.objects.values_list("pk", flat=True):
        with scope(tenant):
            days = Policy.objects.values_list("trash_days", flat=True).get()
            warn(tenant, timedelta(days=days))


def warn(tenant_id: UUID, kept: timedelta) -> None:
    soon = Trashing.objects.filter(
        warned_at__isnull=True, at__lt=timezone.now() - kept + min(WARNED_BEFORE, kept / 2)
    )
    for trashing in list(soon):
        notify(
            System(tenant_id, "purge"),
            [trashing.by_id],
            Notice.TRASH_ENDS,
            name=trashing.name,
            at=(trashing.at + kept).isoformat(),
        )
    soon.update(warned_at=timezone.now())


def purge_tenant(tenant_id: UUID) -> int:
    with scope(tenant_id):
        days = Policy.objects.values_list("trash_days", flat=True).get()
        overdue = list(Trashing.objects.filter(at__lt=timezone.now() - timedelta(days=days)))
    for trashing in overdue:
        remove(System(tenant_id, "purge"), trashing)
    return len(overdue)


def remove(actor: Actor, trashing: Trashing) -> None:
    with scope(actor.tenant_id):
        lock_tree(actor.tenant_id)
        blobs = list(condemn(trashing))
        facts = {"name": trashing.name, "documents": trashing.documents}
        record(actor, Event.NODE_PURGED, trashing, node=trashing.node, **facts)
    for blob in blobs:
        vault_storage().discard(blob.pk, blob.key)
    with scope(actor.tenant_id):
        lock_tree(actor.tenant_id)
        forget(trashing, blobs)


def condemn(trashing: Trashing) -> QuerySet[Blob]:
    """The blobs that no other document shows: a copy shares those of its original."""
    documents = Document.with_trash.filter(trashed=trashing)
    elsewhere = Version.objects.filter(blob=OuterRef("pk")).exclude(document__in=documents)
    blobs = Blob.objects.filter(~Exists(elsewhere), version__document__in=documents).distinct()
    ids = list(blobs.values_list("pk", flat=True))
    Blob.objects.filter(pk__in=ids).exclude(state=BlobState.CONDEMNED).update(
        state=BlobState.CONDEMNED
    )
    return Blob.objects.filter(pk__in=ids)


def forget(trashing: Trashing, blobs: list[Blob]) -> None:
    for blob in blobs:
        quota.free(blob.tenant_id, blob.owner_id, blob.pk, blob.size or 0)
    Document.with_trash.filter(trashed=trashing).update(current=None)
    Document.with_trash.filter(trashed=trashing).delete()
    Blob.objects.filter(pk__in=[blob.pk for blob in blobs]).update(state=BlobState.GONE)
    Folder.with_trash.filter(trashed=trashing).delete()
    trashing.delete()
