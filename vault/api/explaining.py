"""Who can see what, and why: now, or at a past moment."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from tenants.actor import require_no_guest
from tenants.errors import Invalid
from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from vault.access import Role
from vault.api.grants import GrantOut
from vault.api.schemas import PersonOut, RoleWord, word
from vault.flows.explain import Account, Entry, account_of
from vault.flows.reasons import Cause
from vault.flows.visit import visit_document, visit_folder
from vault.rights.fetching import Held

router = Router(tags=["access"])
FOLDER, DOCUMENT = "/folders/{uuid:folder_id}", "/documents/{uuid:document_id}"


class ReasonOut(BaseModel):
    """`may_change`: whether the caller may change it where it was given; else `ask` who may."""

    words: str
    grant: GrantOut | None
    may_change: bool
    ask: list[str]

    @classmethod
    def of(cls, cause: Cause) -> "ReasonOut":
        return cls(
            words=cause.words,
            grant=GrantOut.of(cause.key) if cause.key else None,
            may_change=cause.may_change,
            ask=list(cause.ask),
        )


class AccessOut(BaseModel):
    person: PersonOut
    role: RoleWord
    direct: bool
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, entry: Entry) -> "AccessOut":
        return cls(
            person=PersonOut.of(entry.person),
            role=word(entry.role),
            direct=entry.is_direct,
            reasons=[ReasonOut.of(cause) for cause in entry.causes],
        )


class Access(BaseModel):
    """`state`: whether it was there at that moment. `total` counts all pages."""

    state: Literal["there", "absent", "trashed"]
    total: int
    items: list[AccessOut]
    next: str | None

    @classmethod
    def of(cls, account: Account) -> "Access":
        return cls(
            state=account.past.state,
            total=account.total,
            items=[AccessOut.of(entry) for entry in account.entries],
            next=account.next,
        )


class Asked(BaseModel):
    """`at`: a past moment; without it, now. `q`: words of a name or an address."""

    at: Annotated[AwareDatetime | None, Field()] = None
    q: str = Field("", max_length=200)
    cursor: str = Field("", max_length=LONGEST_CURSOR)


@router.get(f"{FOLDER}/access", response=Access)
def folder_access(request: HttpRequest, folder_id: UUID, asked: Query[Asked]) -> Access:
    """Everybody who can, or at a past moment could, see a folder, and why."""
    held = visit_folder(acting(request), folder_id, at_least=Role.EDIT)
    return told(request, held, asked)


@router.get(f"{DOCUMENT}/access", response=Access)
def document_access(request: HttpRequest, document_id: UUID, asked: Query[Asked]) -> Access:
    """Everybody who can, or at a past moment could, see a document, and why."""
    held = visit_document(acting(request), document_id, at_least=Role.EDIT)
    return told(request, held, asked)


def told(request: HttpRequest, held: Held, asked: Asked) -> Access:
    require_no_guest(acting(request))
    if asked.at is not None and asked.at > timezone.now():
        raise Invalid("at")
    return Access.of(account_of(held, words=asked.q, cursor=asked.cursor, at=asked.at))
