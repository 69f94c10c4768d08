"""People and teams, for those who give access.

What changes who can see what has its calls in `vault.api.teams`, which knows what that does.
"""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from tenants.actor import require_no_guest
from tenants.errors import TooWeak
from tenants.flows.leave import end_membership
from tenants.flows.people import people_in
from tenants.flows.teams import create_team
from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from tenants.models import Membership, MembershipRole, Team
from tenants.models.team import LONGEST_NAME

router = Router(tags=["people"])
account_router = Router(tags=["account"])
TEAM = "/teams/{uuid:team_id}"
# No `type` statement: the description would lose the name of the parameter.
Cursor = Annotated[str, Query(max_length=LONGEST_CURSOR)]


class MemberOut(BaseModel):
    id: UUID
    user: UUID
    email: str
    name: str
    role: str


class TeamOut(BaseModel):
    id: UUID
    name: str
    everyone: bool = Field(description="All members and no guests: it can't be changed.")

    @classmethod
    def of(cls, team: Team) -> "TeamOut":
        return cls(id=team.pk, name=team.name, everyone=team.is_everyone)


class TeamName(BaseModel):
    name: str = Field(min_length=1, max_length=LONGEST_NAME)


class Members(BaseModel):
    items: list[MemberOut]
    next: str | None = None


class Teams(BaseModel):
    items: list[TeamOut]
    next: None = None


class Seat(BaseModel):
    slug: str
    name: str
    role: str


class Me(BaseModel):
    id: UUID
    email: str
    name: str
    organisations: list[Seat]


@router.get("/members", response=Members)
def members(request: HttpRequest) -> Members:
    """The members of the organisation. Not for guests."""
    require_no_guest(acting(request))
    seats = Membership.objects.select_related("user").order_by("user__email")
    return Members(items=[member_out(seat) for seat in seats])


@router.delete("/members/{uuid:membership_id}", response={204: None})
def leave(request: HttpRequest, membership_id: UUID) -> Status[None]:
    """Ends a membership, and with it every key, team seat and token that it gave."""
    actor = acting(request)
    if not actor.administers and actor.scope != "manage":
        raise TooWeak
    end_membership(actor, membership_id)
    return Status(204, None)


@router.get("/teams", response=Teams)
def teams(request: HttpRequest) -> Teams:
    """The teams of the organisation, first the one of everybody. Not for guests."""
    require_no_guest(acting(request))
    ordered = Team.objects.order_by("-is_everyone", "name")
    return Teams(items=[TeamOut.of(team) for team in ordered])


@router.post("/teams", response={201: TeamOut})
def make_team(request: HttpRequest, new: TeamName) -> Status[TeamOut]:
    """A new team, with nobody in it. For admins."""
    return Status(201, TeamOut.of(create_team(acting(request), name=new.name)))


@router.get(f"{TEAM}/members", response=Members)
def team_members(request: HttpRequest, team_id: UUID, cursor: Cursor = "") -> Members:
    """Who is in a team, by name. For admins."""
    people = people_in(acting(request), team_id, cursor=cursor)
    return Members(items=[member_out(seat) for seat in people.seats], next=people.next)


@account_router.get("/me", response=Me)
def me(request: HttpRequest) -> Me:
    """The person behind the token, and the one organisation that it belongs to."""
    actor = acting(request)
    seat = Membership.objects.select_related("user", "tenant").get(pk=actor.membership_id)
    here = Seat(slug=seat.tenant.slug, name=seat.tenant.name, role=seat.role)
    user = seat.user
    return Me(id=user.pk, email=user.email, name=user.name, organisations=[here])


def member_out(seat: Membership) -> MemberOut:
    user = seat.user
    return MemberOut(
        id=seat.pk, user=user.pk, email=user.email, name=user.name, role=MembershipRole(seat.role)
    )
