"""Acts on many things at once, and the jobs that they are."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import AwareDatetime, BaseModel, model_validator

from tenants.actor import Member
from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from vault.access import Role
from vault.api.documents import Sought
from vault.api.schemas import RoleWord
from vault.flows.bulk import grant_all, move_all, trash_all
from vault.flows.choose import Chosen, everything_found, everything_in, ticked
from vault.flows.grant import Principal
from vault.flows.jobs import Refusals, Told, job_of, jobs_of, refusals_of, stop
from vault.models import BulkAct, Job, JobState

router = Router(tags=["bulk"])
Cursor = Annotated[str, Query(max_length=LONGEST_CURSOR)]


class BulkIn(BaseModel):
    """`folders` and `documents` by id; or all that lies right `inside` a folder; or all that a
    `query` finds.

    `move` takes `to`, a folder. `grant` takes `user` or `team`, `role`, and `expires_at` if
    wished.
    """

    act: Literal["trash", "move", "grant"]
    folders: list[UUID] = []
    documents: list[UUID] = []
    inside: UUID | None = None
    query: Sought | None = None
    to: UUID | None = None
    user: UUID | None = None
    team: UUID | None = None
    role: RoleWord | None = None
    expires_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def one_way_of_choosing(self) -> Self:
        ways = [bool(self.folders or self.documents), self.inside is not None, bool(self.query)]
        if sum(ways) > 1:
            raise ValueError("name ids, or a folder, or a query")
        return self

    @model_validator(mode="after")
    def what_the_act_needs(self) -> Self:
        if self.act == "move" and self.to is None:
            raise ValueError("name the folder that they move to")
        if self.act == "grant" and ((self.user is None) == (self.team is None) or not self.role):
            raise ValueError("name a user or a team, and a role")
        return self

    def chosen(self, actor: Member) -> Chosen:
        if self.inside is not None:
            return everything_in(actor, self.inside)
        if self.query is not None:
            return everything_found(actor, self.query.query("-changed"))
        return ticked(self.folders, self.documents)

    @property
    def principal(self) -> Principal:
        if self.user is not None:
            return Principal("user", self.user)
        assert self.team is not None
        return Principal("team", self.team)


class JobOut(BaseModel):
    """`done` counts those that were refused, too: they are `failed`."""

    id: UUID
    act: BulkAct
    state: JobState
    total: int
    done: int
    failed: int
    to: UUID | None
    trashing: UUID | None
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> Self:
        return cls(**facts(job))


class FailureOut(BaseModel):
    """`name` is there while the caller may see the thing."""

    kind: Literal["folder", "document"]
    id: UUID
    name: str | None
    code: str
    words: str


class JobWhole(JobOut):
    """A job with the things that it was refused on, a page of them."""

    failures: list[FailureOut]
    next: str | None

    @classmethod
    def with_failures(cls, told: Told, refusals: Refusals) -> Self:
        nodes = refusals.nodes
        failures = [
            FailureOut(
                kind="folder" if failure.kind == "folder" else "document",
                id=failure.node,
                name=nodes[failure.node].name if failure.node in nodes else None,
                code=failure.code,
                words=failure.words,
            )
            for failure in refusals.failures
        ]
        return cls(**facts(told.job), failures=failures, next=refusals.next)


class Jobs(BaseModel):
    items: list[JobOut]
    next: str | None


@router.post("/bulk", response={202: JobOut})
def act(request: HttpRequest, wish: BulkIn, response: HttpResponse) -> Status[JobOut]:
    """Throws away, moves, or gives a key to many things, each checked by itself.

    What is refused is listed in the job, and stops no other. A short job has ended already; a
    longer one goes on by itself, at `Location`.
    """
    actor = acting(request)
    job = begin(actor, wish)
    response["Location"] = f"{request.path.removesuffix('/bulk')}/jobs/{job.pk}"
    return Status(202, JobOut.of(job))


@router.get("/jobs", response=Jobs)
def jobs(request: HttpRequest, cursor: Cursor = "") -> Jobs:
    """The caller's own, the newest first."""
    told, following = jobs_of(acting(request), cursor=cursor)
    return Jobs(items=[JobOut.of(one.job) for one in told], next=following)


@router.get("/jobs/{uuid:job_id}", response=JobWhole)
def job(request: HttpRequest, job_id: UUID, cursor: Cursor = "") -> JobWhole:
    """How far a job is, and what was refused of it. A `cursor` leads on through its failures."""
    told = job_of(acting(request), job_id)
    return JobWhole.with_failures(told, refusals_of(acting(request), told.job, cursor=cursor))


@router.delete("/jobs/{uuid:job_id}", response={204: None})
def stop_it(request: HttpRequest, job_id: UUID) -> Status[None]:
    """Stops a job after the piece that it is at. What was done stays done."""
    stop(acting(request), job_id)
    return Status(204, None)


def begin(actor: Member, wish: BulkIn) -> Job:
    chosen, token = wish.chosen(actor), UUID(actor.session)  # a program's sitting is its token
    if wish.act == "trash":
        return trash_all(actor, chosen, token=token)
    if wish.act == "move":
        assert wish.to is not None
        return move_all(actor, chosen, to=wish.to, token=token)
    assert wish.role is not None
    role, until = Role.from_word(wish.role), wish.expires_at
    return grant_all(actor, chosen, to=wish.principal, role=role, until=until, token=token)


def facts(job: Job) -> dict[str, Any]:
    return {
        "id": job.pk,
        "act": job.act,
        "state": job.state,
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "to": job.target,
        "trashing": job.trashing,
        "created_at": job.created_at,
        "ended_at": job.ended_at,
    }
