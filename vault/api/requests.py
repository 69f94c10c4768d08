"""Requests for access: made by whoever met a refusal, decided by whoever manages the thing."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from vault.access import Role
from vault.api.grants import DOCUMENT, FOLDER
from vault.api.schemas import RoleWord, word
from vault.flows.ask import ASKED_WORDS, ask_for_document, ask_for_folder
from vault.flows.decide import MOST_DAYS, approve, decline
from vault.flows.requests import Mine, Waiting, requests_of, waiting_for
from vault.models import AccessRequest
from vault.models.requests import LONGEST_NOTE

router = Router(tags=["access"])
Note = Annotated[str, Field(max_length=LONGEST_NOTE)]


class NewRequest(BaseModel):
    """The role that is asked for, and a note to whoever decides."""

    role: RoleWord
    note: Note = ""


class AskedOut(BaseModel):
    """The same for what is there, what is hidden and what is not."""

    words: str


class Approval(BaseModel):
    """Another role than was asked for, and a number of days, if wished."""

    role: RoleWord | None = None
    days: int | None = Field(None, ge=1, le=MOST_DAYS)


class Refusal(BaseModel):
    note: Note = ""


class RequestOut(BaseModel):
    """`name` is there while the caller may see the thing, `holds` is what the asker has there now,
    in the list of what waits. `expires_at` is the end of what was given.
    """

    id: UUID
    kind: Literal["folder", "document"]
    node: UUID
    name: str | None = None
    asker: UUID
    role: RoleWord
    holds: RoleWord | None = None
    note: str
    state: Literal["open", "approved", "declined", "ended"]
    created_at: datetime
    decided_at: datetime | None
    decided_by: UUID | None
    answer: str
    expires_at: datetime | None

    @classmethod
    def of(
        cls, asked: AccessRequest, *, name: str | None = None, holds: Role = Role.NONE
    ) -> "RequestOut":
        return cls(
            id=asked.pk,
            kind="folder" if asked.kind == "folder" else "document",
            node=asked.node,
            name=name,
            asker=asked.asker_id,
            role=word(asked.wanted),
            holds=word(holds) if holds else None,
            note=asked.note,
            state=asked.outcome,
            created_at=asked.created_at,
            decided_at=asked.decided_at,
            decided_by=asked.decided_by_id,
            answer=asked.answer,
            expires_at=asked.until,
        )

    @classmethod
    def waiting(cls, one: Waiting) -> "RequestOut":
        return cls.of(one.asked, name=one.held.node.name, holds=one.holds)

    @classmethod
    def mine(cls, one: Mine) -> "RequestOut":
        return cls.of(one.asked, name=one.node.name if one.node else None)


class Requests(BaseModel):
    items: list[RequestOut]
    next: str | None


@router.post(f"{FOLDER}/access-requests", response={202: AskedOut})
def ask_folder(request: HttpRequest, folder_id: UUID, new: NewRequest) -> Status[AskedOut]:
    """Asks whoever manages a folder, if there is one, for access to it."""
    ask_for_folder(acting(request), folder_id, role=Role.from_word(new.role), note=new.note)
    return Status(202, AskedOut(words=str(ASKED_WORDS)))


@router.post(f"{DOCUMENT}/access-requests", response={202: AskedOut})
def ask_document(request: HttpRequest, document_id: UUID, new: NewRequest) -> Status[AskedOut]:
    """Asks whoever manages a document, if there is one, for access to it."""
    ask_for_document(acting(request), document_id, role=Role.from_word(new.role), note=new.note)
    return Status(202, AskedOut(words=str(ASKED_WORDS)))


@router.get("/access-requests", response=Requests)
def requests(
    request: HttpRequest,
    box: Literal["waiting", "mine"] = "waiting",
    cursor: Annotated[str, Query(max_length=LONGEST_CURSOR)] = "",
) -> Requests:
    """What waits for the caller's decision, or what the caller asked for, the newest first."""
    if box == "mine":
        mine, following = requests_of(acting(request), cursor=cursor)
        return Requests(items=[RequestOut.mine(one) for one in mine], next=following)
    waiting, following = waiting_for(acting(request), cursor=cursor)
    return Requests(items=[RequestOut.waiting(one) for one in waiting], next=following)


@router.post("/access-requests/{uuid:request_id}/approval", response=RequestOut)
def approve_a_request(request: HttpRequest, request_id: UUID, approval: Approval) -> RequestOut:
    """Gives what was asked for, or another role, for some days if wished."""
    role = Role.from_word(approval.role) if approval.role else None
    return RequestOut.of(approve(acting(request), request_id, role=role, days=approval.days))


@router.post("/access-requests/{uuid:request_id}/refusal", response=RequestOut)
def decline_a_request(request: HttpRequest, request_id: UUID, refusal: Refusal) -> RequestOut:
    """Declines what was asked for, with a note if wished."""
    return RequestOut.of(decline(acting(request), request_id, note=refusal.note))
