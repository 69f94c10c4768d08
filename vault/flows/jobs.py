"""One's own acts on many things: how far they are, what was refused of them; and stopping one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import NotFound, TooWeak
from tenants.keyset import Order, cursor_of, moment, position_of, sorted_by
from vault.access import Role
from vault.events import Event
from vault.flows.carry_on import keep
from vault.flows.news import visible
from vault.models import BulkAct, Document, Folder, Job, JobFailure, JobState, Trashing
from vault.rights.keyrings import keyring_of

PAGE: Final = 50
NEWEST: Final = Order("-at", F("created_at"), moment, descending=True)
AS_CHOSEN: Final = Order("place", F("place"), int)
NEEDED: Final = {
    BulkAct.TRASH: Role.EDIT,
    BulkAct.MOVE: Role.EDIT,
    BulkAct.GRANT: Role.MANAGE,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A job as whoever asked for it may know it today: names are those that they may see."""

    job: Job
    target: Folder | None
    undo: UUID | None  # the act in the trash, while it is there


@dataclass(frozen=True, slots=True)
class Refusals:
    failures: list[JobFailure]
    nodes: Mapping[UUID, Folder | Document]
    next: str | None


def jobs_of(actor: Member, *, cursor: str = "") -> tuple[list[Told], str | None]:
    """The newest first, and the cursor of the next page. Raises `Invalid`."""
    start = position_of(cursor, {"job": NEWEST})
    rows = list(sorted_by(mine(actor), NEWEST, start)[: PAGE + 1])
    more = cursor_of(NEWEST, "job", rows[PAGE - 1]) if len(rows) > PAGE else None
    return told(actor, rows[:PAGE]), more


def job_of(actor: Member, job_id: UUID) -> Told:
    """Raises `NotFound` for any but one's own."""
    job = mine(actor).filter(pk=job_id).first()
    if job is None:
        raise NotFound
    return told(actor, [job])[0]


def refusals_of(actor: Member, job: Job, *, cursor: str = "") -> Refusals:
    """In the order of what was chosen, a page of them. Raises `Invalid`."""
    start = position_of(cursor, {"failure": AS_CHOSEN})
    rows = list(sorted_by(JobFailure.objects.filter(job=job), AS_CHOSEN, start)[: PAGE + 1])
    shown = rows[:PAGE]
    nodes = visible(keyring_of(actor), {row.node for row in shown}) if shown else {}
    more = cursor_of(AS_CHOSEN, "failure", shown[-1]) if len(rows) > PAGE else None
    return Refusals(shown, nodes, more)


@transaction.atomic
def stop(actor: Member, job_id: UUID) -> None:
    """After the piece that it is at. What was done stays done. Raises `NotFound`, `TooWeak`.

    Through a token, by one that could have begun it.
    """
    job = mine(actor).select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound
    if Role.from_word(actor.scope) < NEEDED[BulkAct(job.act)]:
        raise TooWeak
    if job.is_open:
        keep(job, JobState.STOPPED)
        facts = {"act": BulkAct(job.act).value, "done": job.done, "number": job.total}
        record(actor, Event.BULK_STOPPED, job, **facts)


def mine(actor: Member) -> QuerySet[Job]:
    """Without what was chosen: it may be ten thousand ids."""
    own = Job.objects.filter(membership_id=actor.membership_id)
    return own.defer("folders", "documents")


def told(actor: Member, jobs: list[Job]) -> list[Told]:
    keyring = keyring_of(actor)
    targets = Folder.objects.opened_by(keyring).filter(pk__in={job.target for job in jobs})
    by_id = {folder.pk: folder for folder in targets}
    acts = Trashing.objects.filter(pk__in={job.trashing for job in jobs}, purging=False)
    there = set(acts.values_list("pk", flat=True))
    return [
        Told(
            job,
            by_id.get(job.target) if job.target else None,
            job.trashing if job.trashing in there and not job.is_open else None,
        )
        for job in jobs
    ]
