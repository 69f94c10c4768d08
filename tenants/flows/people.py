"""The people of an organisation and of its teams, for its admins: pages of them, by name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Lower, NullIf

from tenants.actor import Member, require_admin
from tenants.errors import NotFound
from tenants.keyset import Order, cursor_of, position_of, sorted_by
from tenants.models import Membership, Team, TeamMember

PAGE: Final = 50
NAME_OR_ADDRESS: Final = Coalesce(
    NullIf("user__name", Value("")), "user__email", output_field=CharField()
)
BY_NAME: Final = Order("name", Lower(NAME_OR_ADDRESS))
EVERYONE_FIRST: Final = Order(
    "name",
    Concat(Case(When(is_everyone=True, then=Value("0")), default=Value("1")), Lower("name")),
)


@dataclass(frozen=True, slots=True)
class People:
    seats: Sequence[Membership]  # with their users
    next: str | None


@dataclass(frozen=True, slots=True)
class Teams:
    teams: Sequence[Team]
    people: dict[UUID, int]  # how many are in each
    next: str | None


def people_of(actor: Member, *, called: str = "", cursor: str = "") -> People:
    """Of the organisation, or those of them who are called so. Raises `TooWeak`, `Invalid`."""
    require_admin(actor)
    return page_of(Membership.objects.all(), called, cursor)


def people_in(actor: Member, team_id: UUID, *, called: str = "", cursor: str = "") -> People:
    """Raises `TooWeak`, `NotFound`, `Invalid`."""
    team = team_of(actor, team_id)
    return page_of(Membership.objects.filter(pk__in=seats_in(team)), called, cursor)


def people_beside(actor: Member, team_id: UUID, *, called: str = "", cursor: str = "") -> People:
    """Who is not in a team. Raises `TooWeak`, `NotFound`, `Invalid`."""
    team = team_of(actor, team_id)
    return page_of(Membership.objects.exclude(pk__in=seats_in(team)), called, cursor)


def teams_of(actor: Member, *, cursor: str = "") -> Teams:
    """All of them, first the one of everybody. Raises `TooWeak`, `Invalid`."""
    require_admin(actor)
    start = position_of(cursor, {"team": EVERYONE_FIRST})
    rows = list(sorted_by(Team.objects.all(), EVERYONE_FIRST, start)[: PAGE + 1])
    teams = rows[:PAGE]
    more = cursor_of(EVERYONE_FIRST, "team", teams[-1]) if len(rows) > PAGE else None
    return Teams(teams, sizes_of(teams), more)


def team_of(actor: Member, team_id: UUID) -> Team:
    """Raises `TooWeak`, `NotFound`."""
    require_admin(actor)
    team = Team.objects.filter(pk=team_id).first()
    if team is None:
        raise NotFound
    return team


def seat_of(actor: Member, who: UUID | None = None) -> Membership:
    """Somebody's seat, by its id or by that of the person; one's own, or for admins anybody's.

    Raises `TooWeak`, `NotFound`.
    """
    mine = (None, actor.membership_id, actor.user_id)
    if who not in mine:
        require_admin(actor)
    wanted = Q(pk=actor.membership_id) if who in mine else Q(pk=who) | Q(user_id=who)
    seat = Membership.objects.select_related("user").filter(wanted).first()
    if seat is None:
        raise NotFound
    return seat


def those_called(actor: Member, ids: Collection[UUID]) -> list[Membership]:
    """The seats of these ids, by name. Raises `TooWeak`, and `NotFound` unless all are there."""
    require_admin(actor)
    seats = Membership.objects.select_related("user").filter(pk__in=ids)
    found = list(seats.order_by(BY_NAME.key, "pk"))
    if len(found) < len(set(ids)):
        raise NotFound
    return found


def team_names(seats: Collection[Membership]) -> dict[UUID, list[str]]:
    """Of each seat, beside the team of everybody: one query."""
    rows = TeamMember.objects.filter(membership__in=seats, team__is_everyone=False)
    names: dict[UUID, list[str]] = {}
    for seat, name in rows.order_by(Lower("team__name")).values_list(
        "membership_id", "team__name"
    ):
        names.setdefault(seat, []).append(name)
    return names


def sizes_of(teams: Collection[Team]) -> dict[UUID, int]:
    rows = TeamMember.objects.filter(team__in=teams).values("team_id").order_by("team_id")
    return {row["team_id"]: row["people"] for row in rows.annotate(people=Count("pk"))}


def seats_in(team: Team) -> QuerySet[TeamMember, UUID]:
    return TeamMember.objects.filter(team=team).values_list("membership_id", flat=True)


def page_of(seats: QuerySet[Membership], called: str, cursor: str) -> People:
    for word in called.split():
        seats = seats.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    start = position_of(cursor, {"person": BY_NAME})
    rows = list(sorted_by(seats.select_related("user"), BY_NAME, start)[: PAGE + 1])
    shown = rows[:PAGE]
    more = cursor_of(BY_NAME, "person", shown[-1]) if len(rows) > PAGE else None
    return People(shown, more)
