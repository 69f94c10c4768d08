"""For good: what lay in the trash long enough, or what a manager empties out of it.

    [tx] the act is marked: nobody gets it back, and its documents show no blob any more; the blobs
         that nothing else shows are condemned: nothing serves them; recorded
         their bytes are removed
    [tx] the blobs are gone, their room is free, the rows go

A crash in between leaves condemned blobs and the rows of the trash: the next run goes on. What was
thrown away out of a folder before the folder was goes before it, too.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.tasks import task
from django.utils import timezone

from tenants.actor import Actor, Member, System, require_admin
from tenants.audit import record
from tenants.errors import NotFound
from tenants.models import Organisation, Policy
from tenants.scoping import scope
from vault import quota
from vault.events import Event
from vault.flows.notify import notify
from vault.models import Blob, BlobState, Document, Folder, Trashing, Version, among
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


def purge_overdue() -> None:
    """In every organisation, what has lain there for its time.

    Each has a job of its own, so that the trouble of one keeps no other's trash.
    """
    for tenant in Organisation.objects.values_list("pk", flat=True):
        with scope(tenant):
            is_due = overdue().exists()
        if is_due:
            purge_later.enqueue(str(tenant))


@task
def purge_later(tenant: str) -> None:
    purge_tenant(UUID(tenant))


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
    """The oldest acts first. Answers how many went."""
    with scope(tenant_id):
        acts = list(overdue())
    for trashing in acts:
        remove(System(tenant_id, "purge"), trashing)
    return len(acts)


def overdue() -> QuerySet[Trashing]:
    """Of the organisation in scope; with what has begun to go, and was broken off."""
    days = Policy.objects.values_list("trash_days", flat=True).get()
    is_due = Q(at__lt=timezone.now() - timedelta(days=days)) | Q(purging=True)
    return Trashing.objects.filter(is_due).order_by("at")


def remove(actor: Actor, trashing: Trashing) -> None:
    for within in inside(actor, trashing):
        remove(actor, within)
    with scope(actor.tenant_id):
        lock_tree(actor.tenant_id)
        if not Trashing.objects.filter(pk=trashing.pk).update(purging=True):
            return  # somebody got it back, or was quicker
        blobs = list(condemn(trashing))
        facts = {"name": trashing.name, "documents": trashing.documents}
        record(actor, Event.NODE_PURGED, trashing, node=trashing.node, **facts)
    for blob in blobs:
        vault_storage().discard(blob.pk, blob.key)
    with scope(actor.tenant_id):
        lock_tree(actor.tenant_id)
        forget(trashing, blobs)


def inside(actor: Actor, trashing: Trashing) -> list[Trashing]:
    """The acts whose things lay in a folder that this act threw away later."""
    with scope(actor.tenant_id):
        folders = Folder.with_trash.filter(trashed=trashing)
        theirs = [
            rows.exclude(trashed=trashing).filter(trashed__isnull=False).values("trashed_id")
            for rows in (
                Folder.with_trash.filter(parent__in=folders),
                Document.with_trash.filter(folder__in=folders),
            )
        ]
        return list(Trashing.objects.filter(Q(pk__in=theirs[0]) | Q(pk__in=theirs[1])))


def condemn(trashing: Trashing) -> QuerySet[Blob]:
    """The blobs that no other document shows: a copy shares those of its original.

    Two acts that go at the same time do not spare each other's.
    """
    documents = Document.with_trash.filter(trashed=trashing)
    going = Document.with_trash.filter(trashed__purging=True)
    elsewhere = Version.objects.filter(blob=OuterRef("pk")).exclude(document__in=going)
    blobs = Blob.objects.filter(~Exists(elsewhere), version__document__in=documents).distinct()
    ids = list(blobs.values_list("pk", flat=True))
    on_their_way = (BlobState.CONDEMNED, BlobState.GONE)
    Blob.objects.filter(pk__in=among(ids)).exclude(state__in=on_their_way).update(
        state=BlobState.CONDEMNED
    )
    return Blob.objects.filter(pk__in=among(ids), state=BlobState.CONDEMNED)


def forget(trashing: Trashing, blobs: list[Blob]) -> None:
    for blob in blobs:
        quota.free(blob.tenant_id, blob.owner_id, blob.pk, blob.size or 0)
    Document.with_trash.filter(trashed=trashing).update(current=None)
    Document.with_trash.filter(trashed=trashing).delete()
    ids = among(blob.pk for blob in blobs)
    removed = Blob.objects.filter(pk__in=ids, state=BlobState.CONDEMNED)
    removed.update(state=BlobState.GONE)
    Folder.with_trash.filter(trashed=trashing).delete()
    trashing.delete()
