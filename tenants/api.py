"""People and teams, for those who give access; changing them is for admins."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from tenants.actor import require_no_guest
from tenants.errors import TooWeak
from tenants.flows.leave import end_membership
from tenants.http import acting
from tenants.models import Membership, MembershipRole, Team

router = Router(tags=["people"])
account_router = Router(tags=["account"])


class MemberOut(Schema):
    id: UUID
    user: UUID
    email: str
    name: str
    role: str


class TeamOut(Schema):
    id: UUID
    name: str


class Members(Schema):
    items: list[MemberOut]
    next: None = None


class Teams(Schema):
    items: list[TeamOut]
    next: None = None


class Seat(Schema):
    slug: str
    name: str
    role: str


class Me(Schema):
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
    return Teams(items=[TeamOut(id=team.pk, name=team.name) for team in ordered])


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
