"""A job goes on: at most a hundred things in one transaction, with its progress.

    [tx] the seat of whoever asked, then the job: both locked
         their rights of this moment; each thing by itself, a refusal is a line of the job
         how far it is, and the task for what follows, or the news that it has ended

So a worker that is killed leaves whole pieces behind, and the sweep finds the job where it stood.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.words import in_the_words_of
from tenants.actor import Member, System, Trace, member_of
from tenants.audit import record_refusal
from tenants.errors import NotFound, NotSignedIn, Refused, Suspended
from tenants.models import ApiToken, Membership, Organisation
from tenants.scoping import scope
from vault.errors import Exists
from vault.failpoints import reach
from vault.flows.gathering import tell_together
from vault.flows.notify import notify
from vault.flows.one_of_many import Thing, do, went_along
from vault.models import OPEN, BulkAct, Job, JobFailure, JobState, Trashing
from vault.models.tree import lock_tree
from vault.notices import Notice

BATCH: Final = 100  # things in one transaction
LEASE: Final = timedelta(minutes=10)  # after which a job that does not get on is taken up again
MOST_TRIES: Final = 5
PROGRESS: Final = ("done", "failed", "state", "trashing", "tries", "touched_at", "ended_at")
KEPT: Final = timedelta(days=90)


@task
def carry_on_later(tenant: str, job: str) -> None:
    with scope(UUID(tenant)):
        carry_on(UUID(job))
    reach("bulk.kept")


@transaction.atomic
def carry_on(job_id: UUID) -> None:
    """The next piece of a job, if it is open and nobody else is at it."""
    job = claim(job_id)
    if job is None:
        return
    with in_the_words_of(job.membership.user):
        try:
            advance(job, actor_of(job))
        except Refused as refusal:
            refuse_the_rest(job, refusal)
    reach("bulk.acting")
    if job.is_open:
        carry_on_later.enqueue(str(job.tenant_id), str(job.pk))
    else:
        tell(job)


def claim(job_id: UUID) -> Job | None:
    """The seat first: whoever ends it or changes its role waits for this piece, or was quicker."""
    asked = Job.objects.filter(pk=job_id)
    seats = Membership.objects.filter(pk__in=asked.values("membership_id"))
    if not seats.select_for_update(no_key=True):
        return None
    mine = asked.select_for_update(of=("self",), skip_locked=True).filter(state__in=OPEN)
    return mine.select_related("membership__user", "membership__tenant").first()


def actor_of(job: Job) -> Member:
    """Whoever asked, as they are now. Raises `NotSignedIn`, `Suspended`."""
    seat = job.membership
    if not seat.user.is_active:
        raise NotSignedIn
    if seat.tenant.state != Organisation.State.ACTIVE:
        raise Suspended
    trace = Trace(name=str(seat.user), request_id=str(job.pk))
    actor = member_of(seat, trace=trace, session=str(job.pk))
    return replace(actor, scope=ceiling_of(job.token_id)) if job.token_id else actor


def ceiling_of(token_id: UUID) -> ApiToken.Scope:
    live = ApiToken.objects.filter(
        pk=token_id, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    token = live.first()
    if token is None:
        raise NotSignedIn
    return ApiToken.Scope(token.scope)


def advance(job: Job, actor: Member, *, most: int = BATCH) -> None:
    """Do the next things of it, and keep how far it is. Inside the caller's transaction."""
    lock_tree(actor.tenant_id)
    if was_undone(job):
        keep(job, JobState.STOPPED)
        return
    things = job.following(most)
    for place, thing in enumerate(things, start=job.done):
        if not went_along(job, actor, thing):
            attempt(job, actor, place, thing)
    job.done += len(things)
    keep(job, JobState.DONE if job.done == job.total else JobState.RUNNING)


def attempt(job: Job, actor: Member, place: int, thing: Thing) -> None:
    """In a savepoint of its own: what it began is undone where it is refused."""
    try:
        with transaction.atomic():
            do(job, actor, thing)
    except Refused as refusal:
        if refusal.recorded:
            record_refusal(actor, refusal)
        note(job, refusal, [(place, thing)])


def refuse_the_rest(job: Job, refusal: Refused) -> None:
    rest = job.following(job.total)
    note(job, refusal, list(enumerate(rest, start=job.done)))
    job.done = job.total
    keep(job, JobState.DONE)


def note(job: Job, refusal: Refused, things: list[tuple[int, Thing]]) -> None:
    facts = {"tenant_id": job.tenant_id, "job": job, "code": refusal.code, "words": said(refusal)}
    JobFailure.objects.bulk_create(
        JobFailure(place=place, kind=kind, node=node, **facts) for place, (kind, node) in things
    )
    job.failed += len(things)


def said(refusal: Refused) -> str:
    """Its sentence; that of a taken name would keep the name, so there it is the general one."""
    if isinstance(refusal, NotFound):
        return _("It's no longer there, or not yours to see")
    words = "" if isinstance(refusal, Exists) else refusal.detail
    return (words or str(refusal.title))[:300]


def was_undone(job: Job) -> bool:
    """Whether somebody took out of the trash what has gone there so far: then no more goes."""
    if job.trashing is None:
        return False
    return not Trashing.objects.filter(pk=job.trashing, purging=False).exists()


def keep(job: Job, state: JobState) -> None:
    job.state, job.touched_at = state, timezone.now()
    job.ended_at = None if job.is_open else job.touched_at
    job.tries = 0
    job.save(update_fields=[*PROGRESS])
    if not job.is_open:
        tell_together(job)


def tell(job: Job) -> None:
    """Whoever asked has gone on to other things since."""
    notify(
        System(job.tenant_id, "bulk"),
        [job.membership.user_id],
        Notice.JOB_ENDED,
        job=str(job.pk),
        act=BulkAct(job.act).value,
        total=job.total,
        went=job.went,
        failed=job.failed,
    )


def take_up_jobs() -> None:
    """Of the organisation in scope: what a worker left behind, and what is old enough to go."""
    stale = timezone.now() - LEASE
    left = Job.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state__in=OPEN, touched_at__lt=stale
    )
    for job in left.select_related("membership"):
        if job.tries == MOST_TRIES:
            keep(job, JobState.BROKEN)
            tell(job)
        else:
            take_up(job)
    Job.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()


def take_up(job: Job) -> None:
    job.tries, job.touched_at = job.tries + 1, timezone.now()
    job.save(update_fields=["tries", "touched_at"])
    carry_on_later.enqueue(str(job.tenant_id), str(job.pk))
