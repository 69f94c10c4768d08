"""Who could see this on a past day, and why: the same rule, over the periods that were kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from tenants.models import MembershipPeriod, TeamMemberPeriod, TeamPeriod
from tenants.scoping import tenant_in_scope
from vault.access import NO_WALL, Key, Place, Reason, explain
from vault.models import Document, Folder, GrantPeriod
from vault.models.grants import roles_by_permission
from vault.rights.explaining import ADMINISTRATORS, by_team

type State = Literal["there", "absent", "trashed"]

WAY_UP: Final = """
    WITH RECURSIVE up AS (
        SELECT source, container_id, restricted, trashing_id, 0 AS distance
        FROM vault_placeperiod
        WHERE tenant_id = %(tenant)s AND source = %(node)s
          AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)
        UNION ALL
        SELECT above.source, above.container_id, above.restricted, above.trashing_id,
               up.distance + 1
        FROM up JOIN vault_placeperiod above
          ON above.tenant_id = %(tenant)s AND above.source = up.container_id
         AND above.valid_from <= %(at)s AND (above.valid_to IS NULL OR above.valid_to > %(at)s)
    )
    SELECT source, restricted, trashing_id FROM up ORDER BY distance
"""


@dataclass(frozen=True, slots=True)
class Past:
    """What held at a moment: whether the node was there, and who could reach it."""

    state: State
    place: Place  # of the folder, or of the folder that the document lay in
    people: dict[UUID, list[Reason]] = field(default_factory=dict)


def who_could(node: Folder | Document, at: datetime) -> Past:
    """Each person who reached a folder or document at a moment, with every reason. Six queries.

    What was in the trash, nobody reached; what wasn't there yet, neither.
    """
    state, place, restricted = place_then(node, at)
    if state != "there":
        return Past(state, place)
    document = node.pk if isinstance(node, Document) else None
    keys = keys_then([*place.within_reach, *([document] if document else [])], document, at)
    people = explain(
        keys,
        place,
        document=document,
        restricted=restricted,
        teams=people_then({key.team for key in keys if key.team}, at),
        administrators=then(MembershipPeriod, at)
        .filter(role__in=ADMINISTRATORS)
        .values_list("user_id", flat=True),
    )
    return Past(state, place, people)


def place_then(node: Folder | Document, at: datetime) -> tuple[State, Place, bool]:
    """Where it stood: its state, its folder's place, and whether a document was restricted."""
    with connection.cursor() as cursor:
        cursor.execute(WAY_UP, {"tenant": tenant_in_scope(), "node": node.pk, "at": at})
        line = cursor.fetchall()
    if not line:
        return "absent", Place(()), False
    state: State = "trashed" if line[0][2] else "there"
    restricted = False
    if isinstance(node, Document):
        restricted, line = line[0][1], line[1:]
    walls = (distance for distance, step in enumerate(line) if step[1])
    return state, Place(tuple(step[0] for step in line), next(walls, NO_WALL)), restricted


def keys_then(nodes: Iterable[UUID], document: UUID | None, at: datetime) -> list[Key]:
    live = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    periods = list(then(GrantPeriod, at).filter(live, node_id__in=list(nodes)))
    teams = dict(then(TeamPeriod, at).values_list("group_id", "source"))
    # A team that ends takes its keys with it, row by row: between two of them it is gone already.
    periods = [period for period in periods if period.user_id or period.group_id in teams]
    return [
        Key(
            grant=period.source,
            node=period.node_id,
            at="document" if period.node_id == document else "folder",
            role=roles_by_permission()[period.permission_id],
            user=period.user_id,
            team=None if period.group_id is None else teams[period.group_id],
            granted_by=period.granted_by_id,
            granted_at=period.valid_from,
            expires_at=period.expires_at,
        )
        for period in periods
    ]


def people_then(teams: Iterable[UUID], at: datetime) -> dict[UUID, tuple[UUID, ...]]:
    seats = list(
        then(TeamMemberPeriod, at)
        .filter(team_id__in=list(teams))
        .values_list("team_id", "membership_id")
    )
    people = dict(
        then(MembershipPeriod, at)
        .filter(source__in={membership for _team, membership in seats})
        .values_list("source", "user_id")
    )
    return by_team((team, people[seat]) for team, seat in seats if seat in people)


def then(periods: type[Any], at: datetime) -> QuerySet[Any]:
    """The states that held at a moment."""
    held: QuerySet[Any] = periods.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at), valid_from__lte=at
    )
    return held


def team_names_then(at: datetime) -> dict[UUID, str]:
    return dict(then(TeamPeriod, at).values_list("source", "name"))


def roles_then(people: Iterable[UUID], at: datetime) -> dict[UUID, str]:
    """What these people were in the organisation."""
    seats = then(MembershipPeriod, at).filter(user_id__in=list(people))
    return dict(seats.values_list("user_id", "role"))
