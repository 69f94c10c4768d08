"""All that a person, or a team, can reach."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel

from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from vault.api.schemas import PersonOut, RoleWord, word
from vault.flows.holdings import Holding
from vault.flows.reach import Reach, Reached, documents_reached, reach_of, reach_of_team
from vault.models import Folder

router = Router(tags=["access"])
# No `type` statement: the description would lose the name of the parameter.
Cursor = Annotated[str, Query(max_length=LONGEST_CURSOR)]
MEMBER = "/members/{uuid:membership_id}"


class StepOut(BaseModel):
    id: UUID
    name: str


class HeldKeyOut(BaseModel):
    """One key. `documents` is how many it opens by itself; `way` leads down to its node."""

    grant: UUID
    node: UUID
    kind: Literal["folder", "document"]
    name: str
    way: list[StepOut]
    role: RoleWord
    team: UUID | None
    granted_by: UUID | None
    granted_at: datetime | None
    expires_at: datetime | None
    documents: int

    @classmethod
    def of(cls, holding: Holding) -> "HeldKeyOut":
        key, node = holding.grant, holding.node
        return cls(
            grant=key.grant,
            node=node.pk,
            kind="folder" if isinstance(node, Folder) else "document",
            name=node.name,
            way=[StepOut(id=step.pk, name=step.name) for step in holding.way],
            role=word(key.role),
            team=key.team,
            granted_by=key.granted_by,
            granted_at=key.granted_at,
            expires_at=key.expires_at,
            documents=holding.documents,
        )


class DocumentCounts(BaseModel):
    """Documents that can be opened, by the strongest role on each."""

    total: int
    preview: int
    read: int
    edit: int
    manage: int


class ReachOut(BaseModel):
    """The keys of a member, the strongest first; `everything` is the one of owners and admins."""

    member: UUID
    person: PersonOut
    everything: bool
    documents: DocumentCounts
    items: list[HeldKeyOut]
    next: str | None

    @classmethod
    def of(cls, reach: Reach) -> "ReachOut":
        user = reach.seat.user
        by_role = {role.word: number for role, number in reach.documents.items()}
        return cls(
            member=reach.seat.pk,
            person=PersonOut(id=user.pk, email=user.email, name=user.name),
            everything=reach.to_everything,
            documents=DocumentCounts(total=reach.total, **by_role),
            items=[HeldKeyOut.of(holding) for holding in reach.keys.items],
            next=reach.keys.next,
        )


class ReachedOut(BaseModel):
    """A document that a member can open; `grants` are the keys that do it, the strongest first.

    Without any, it is the office of an owner or admin that does.
    """

    id: UUID
    name: str
    folder: UUID | None  # as far as the caller may see it
    role: RoleWord
    grants: list[UUID]

    @classmethod
    def of(cls, reached: Reached) -> "ReachedOut":
        return cls(
            id=reached.document.pk,
            name=reached.document.name,
            folder=reached.way[-1].pk if reached.way else None,
            role=word(reached.role),
            grants=[key.grant for key in reached.keys],
        )


class ReachedPageOut(BaseModel):
    items: list[ReachedOut]
    next: str | None


class TeamKeys(BaseModel):
    items: list[HeldKeyOut]
    next: str | None


@router.get(f"{MEMBER}/access", response=ReachOut)
def member_access(request: HttpRequest, membership_id: UUID, cursor: Cursor = "") -> ReachOut:
    """Every key of a member, and how many documents they open. One's own, or for admins."""
    return ReachOut.of(reach_of(acting(request), membership_id, cursor=cursor))


@router.get(f"{MEMBER}/documents", response=ReachedPageOut)
def member_documents(
    request: HttpRequest, membership_id: UUID, cursor: Cursor = ""
) -> ReachedPageOut:
    """Every document that a member can open, by name. One's own, or for admins."""
    page = documents_reached(acting(request), membership_id, cursor=cursor)
    return ReachedPageOut(items=[ReachedOut.of(one) for one in page.items], next=page.next)


@router.get("/teams/{uuid:team_id}/access", response=TeamKeys)
def team_access(request: HttpRequest, team_id: UUID, cursor: Cursor = "") -> TeamKeys:
    """Every key of a team. For admins."""
    _team, keys = reach_of_team(acting(request), team_id, cursor=cursor)
    return TeamKeys(items=[HeldKeyOut.of(holding) for holding in keys.items], next=keys.next)
