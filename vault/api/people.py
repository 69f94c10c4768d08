"""What concerns the caller: what others gave, what they are told, what was done."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from tenants.trail import Wanted
from vault.api.schemas import DocumentOut, FolderOut
from vault.flows.news import News, news_of
from vault.flows.sentences import Told
from vault.flows.shared import Given, Shared, shared_with
from vault.flows.trail import Page, activity_of, trail_of
from vault.rights.fetching import HeldFolder
from vault.rights.listed import Shown

router = Router(tags=["people"])
# No `type` statements: the description would lose the names of the parameters.
Cursor = Annotated[str, Query(max_length=LONGEST_CURSOR)]
Number = Annotated[int | None, Query(ge=1, le=2**63 - 1)]


class GivenOut(BaseModel):
    """A folder or document, and how it came to the caller."""

    item: FolderOut | DocumentOut
    given_by: str
    team: str
    given_at: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, given: Given, shared: Shared) -> "GivenOut":
        held = given.held
        item = (
            FolderOut.of(held.folder, held.role)
            if isinstance(held, HeldFolder)
            else DocumentOut.of(Shown.of(held, shared.exposures[held.pk]))
        )
        return cls(
            item=item,
            given_by=given.by,
            team=given.through,
            given_at=given.key,
            expires_at=given.until,
        )


class SharedOut(BaseModel):
    items: list[GivenOut]
    next: str | None


class NewsOut(BaseModel):
    """`node` is there while the caller may see it."""

    id: UUID
    kind: str
    words: str
    node: UUID | None
    at: datetime
    read: bool

    @classmethod
    def of(cls, news: News) -> "NewsOut":
        notification = news.notification
        return cls(
            id=notification.pk,
            kind=notification.kind,
            words=news.words,
            node=news.node.pk if news.node else None,
            at=notification.created_at,
            read=notification.read_at is not None,
        )


class AllNews(BaseModel):
    items: list[NewsOut]
    next: str | None


class EventOut(BaseModel):
    """One event of the trail. `facts` are those of its action; `hash` seals it (hex)."""

    seq: int
    id: UUID
    at: datetime
    words: str
    action: str
    actor: dict[str, str]
    subject: dict[str, str] | None
    facts: dict[str, Any]
    hash: str

    @classmethod
    def of(cls, told: Told) -> "EventOut":
        entry = told.entry
        return cls(
            seq=entry.seq,
            id=entry.id,
            at=entry.at.astimezone(UTC),
            words=told.words,
            action=entry.action,
            actor=dict(entry.actor),
            subject=dict(entry.subject) if entry.subject else None,
            facts=dict(entry.facts),
            hash=entry.hash,
        )


class Events(BaseModel):
    items: list[EventOut]
    next: str | None

    @classmethod
    def of(cls, page: Page) -> "Events":
        following = None if page.next is None else str(page.next)
        return cls(items=[EventOut.of(told) for told in page.events], next=following)


class Asked(BaseModel):
    """What of the trail: about a folder or document, by a person, of actions, between times."""

    about: UUID | None = None
    actor: UUID | None = None
    action: str = Field("", max_length=64, pattern=r"^[a-z:]*$")
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


@router.get("/shared", response=SharedOut)
def shared(request: HttpRequest, cursor: Cursor = "") -> SharedOut:
    """What others gave the caller, or a team of theirs, the newest first."""
    given = shared_with(acting(request), cursor=cursor)
    return SharedOut(items=[GivenOut.of(item, given) for item in given.items], next=given.next)


@router.get("/notifications", response=AllNews)
def notifications(request: HttpRequest, cursor: Cursor = "") -> AllNews:
    """What the caller is told, the newest first. Asking here marks nothing as read."""
    news, following = news_of(acting(request), cursor=cursor)
    return AllNews(items=[NewsOut.of(one) for one in news], next=following)


@router.get("/documents/{uuid:document_id}/activity", response=Events)
def activity(request: HttpRequest, document_id: UUID, cursor: Number = None) -> Events:
    """What was done with a document, the newest first."""
    _held, page = activity_of(acting(request), document_id, before=cursor)
    return Events.of(page)


@router.get("/audit", response=Events)
def audit(request: HttpRequest, asked: Query[Asked], cursor: Number = None) -> Events:
    """The trail of the organisation, for its admins, the newest first."""
    wanted = Wanted(
        about=asked.about,
        actor=asked.actor,
        actions=[asked.action] if asked.action else (),
        since=asked.since,
        until=asked.until,
    )
    page = trail_of(acting(request), wanted, before=cursor)
    return Events.of(page)
