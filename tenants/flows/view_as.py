"""An owner or admin sees the organisation as a member or a team sees it, and changes nothing.

The session says as whom and until when. Whether it still holds is asked at every request, and
nothing of the answer is kept.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, Self, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from tenants.actor import NOBODY, Member, Viewing, member_of, require_admin
from tenants.addresses import trace_of
from tenants.audit import record
from tenants.errors import NotFound
from tenants.events import Event
from tenants.flows.enter import seats_of, sitting
from tenants.models import ApiToken, Membership, MembershipRole, Team
from tenants.scoping import scope

if TYPE_CHECKING:
    from accounts.models import User

type Kind = Literal["member", "team"]
type Why = Literal["chosen", "over", "gone", "signed-out"]

LENGTH: Final = timedelta(minutes=30)
VIEWING: Final = "viewing"


@dataclass(frozen=True, slots=True)
class Sight:
    """As whom: a membership or a team; and until when."""

    kind: Kind
    id: UUID
    until: datetime

    @classmethod
    def kept(cls, request: HttpRequest, tenant_id: UUID) -> Self | None:
        """What this session says of an organisation."""
        kept = request.session.get(VIEWING, {}).get(str(tenant_id))
        if kept is None:
            return None
        kind, identity, until = kept
        return cls(kind, UUID(identity), datetime.fromtimestamp(until, UTC))

    def keep(self, request: HttpRequest, tenant_id: UUID) -> None:
        kept = [self.kind, str(self.id), int(self.until.timestamp())]
        others = request.session.get(VIEWING, {})
        request.session[VIEWING] = {**others, str(tenant_id): kept}


@transaction.atomic
def begin_viewing(request: HttpRequest, actor: Member, kind: Kind, identity: UUID) -> None:
    """From the next request on, in this session and organisation. Raises `TooWeak`, `NotFound`."""
    require_admin(actor)
    sight = Sight(kind, identity, timezone.now() + LENGTH)
    if seen_as(actor, sight) is None or identity == actor.membership_id:
        raise NotFound
    note(actor, Event.VIEWING_BEGUN, sight, until=sight.until.replace(microsecond=0))
    sight.keep(request, actor.tenant_id)


@transaction.atomic
def end_viewing(request: HttpRequest, actor: Member, *, why: Why) -> None:
    """Does nothing where nobody is viewing."""
    sight = Sight.kept(request, actor.tenant_id)
    if sight is None:
        return
    note(actor, Event.VIEWING_ENDED, sight, why=why)
    kept = request.session[VIEWING]
    request.session[VIEWING] = {key: kept[key] for key in kept if key != str(actor.tenant_id)}


def end_every_viewing(request: HttpRequest) -> None:
    """Before somebody signs out: in every organisation."""
    if not request.session.get(VIEWING):
        return
    user = cast("User", request.user)
    session = sitting(str(request.session.session_key))
    for seat in seats_of(user.pk):
        actor = member_of(seat, trace=trace_of(request, name=str(user)), session=session)
        with scope(actor.tenant_id):
            end_viewing(request, actor, why="signed-out")


def through_whose_eyes(request: HttpRequest, actor: Member) -> Member:
    """Whom this request acts as: what the session says, if it holds; else the actor themselves.

    It ends with its time, with the membership or team, and with the right to view.
    """
    sight = Sight.kept(request, actor.tenant_id)
    if sight is None:
        return actor
    with scope(actor.tenant_id):
        is_over = sight.until <= timezone.now()
        other = None if is_over or not actor.administers else seen_as(actor, sight)
        if other is None:
            end_viewing(request, actor, why="over" if is_over else "gone")
        return other or actor


def seen_as(viewer: Member, sight: Sight) -> Member | None:
    """The member, or the team as a member who has its keys and nothing else.

    What they hold counts as preview at most: so no flow changes anything, whatever asks it.
    """
    name, other = as_team(viewer, sight.id) if sight.kind == "team" else as_member(sight.id)
    if other is None:
        return None
    return replace(
        other,
        session=viewer.session,
        scope=ApiToken.Scope.PREVIEW,
        trace=viewer.trace,
        viewing=Viewing(viewer, name, sight.until),
    )


def as_member(membership_id: UUID) -> tuple[str, Member | None]:
    seat = Membership.objects.select_related("user").filter(pk=membership_id).first()
    return (str(seat.user), member_of(seat)) if seat else ("", None)


def as_team(viewer: Member, team_id: UUID) -> tuple[str, Member | None]:
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        return "", None
    role = MembershipRole.MEMBER
    return team.name, Member(viewer.tenant_id, NOBODY, NOBODY, role, team_id=team.pk)


def note(actor: Member, event: Event, sight: Sight, **facts: object) -> None:
    """The row itself may be gone by the time that it ends."""
    about = (Membership if sight.kind == "member" else Team)(pk=sight.id)
    record(actor, event, about, **{sight.kind: sight.id}, **facts)
