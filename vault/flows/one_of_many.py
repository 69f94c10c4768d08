"""One thing of an act on many: the same flow as if it were done by itself."""

from typing import Any
from uuid import UUID

from tenants.actor import Member
from vault.access import Role
from vault.flows.gathering import is_told_together, principal_of
from vault.flows.grant import Giving, change, give_quietly
from vault.flows.move import move_document, move_folder
from vault.flows.trash import trash
from vault.models import BulkAct, Document, Folder, FolderClosure, Job, JobFailure, Trashing
from vault.rights.fetching import Held, fetch_document, fetch_folder
from vault.rights.keyrings import keyring_of
from vault.rights.writing import lock_keys

type Thing = tuple[str, UUID]  # its kind and id


def do(job: Job, actor: Member, thing: Thing) -> None:
    """Raises whatever the flow raises."""
    if job.act == BulkAct.TRASH:
        throw(job, actor, thing)
    elif job.act == BulkAct.MOVE:
        move(job, actor, thing)
    else:
        give(job, actor, thing)


def throw(job: Job, actor: Member, thing: Thing) -> None:
    """All of it is one act in the trash."""
    kind, node = thing
    chosen = {"folders" if kind == "folder" else "documents": [node]}
    act = Trashing.objects.filter(pk=job.trashing).first() if job.trashing else None
    job.trashing = trash(actor, **chosen, into=act).pk


def move(job: Job, actor: Member, thing: Thing) -> None:
    kind, node = thing
    flow = move_folder if kind == "folder" else move_document
    assert job.target is not None
    flow(actor, node, to=job.target)


def give(job: Job, actor: Member, thing: Thing) -> None:
    kind, node = thing
    lock_keys(node)
    fetch: Any = fetch_folder if kind == "folder" else fetch_document
    held: Held = fetch(actor, node, at_least=Role.MANAGE)
    giving = Giving(principal_of(job), Role.from_word(job.role), job.until)
    if is_told_together(job):
        give_quietly(actor, held, giving)
    else:
        change(actor, held, [giving], [])


def went_along(job: Job, actor: Member, thing: Thing) -> bool:
    """Whether it has gone already, with a folder that was chosen, too: it is where it should be.

    A key is given to each by itself: a folder's may end at a wall. Of what the actor may not see,
    nothing is told.
    """
    if job.act == BulkAct.GRANT or not job.folders:
        return False
    if job.act == BulkAct.TRASH:
        return was_thrown(job, thing)
    return was_moved(job, thing) and is_seen(actor, thing)


def is_seen(actor: Member, thing: Thing) -> bool:
    kind, node = thing
    seen = (Folder if kind == "folder" else Document).objects.opened_by(keyring_of(actor))
    return bool(seen.filter(pk=node).exists())


def was_thrown(job: Job, thing: Thing) -> bool:
    kind, node = thing
    rows = (Folder if kind == "folder" else Document).with_trash.filter(pk=node)
    return job.trashing is not None and rows.filter(trashed=job.trashing).exists()


def was_moved(job: Job, thing: Thing) -> bool:
    """Whether it lies in another folder of these that stands in its new place."""
    kind, node = thing
    refused = JobFailure.objects.filter(job=job, kind="folder").values_list("node", flat=True)
    moved = set(job.folders) - set(refused)
    there = FolderClosure.objects.filter(ancestor__in=moved, ancestor__parent=job.target)
    if kind == "folder":
        return there.filter(descendant=node, distance__gt=0).exists()
    inner = there.values("descendant_id")
    return Document.objects.filter(pk=node, folder__in=inner).exists()
