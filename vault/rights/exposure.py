"""How far a document has travelled: the badge on every row.

Links to outsiders are known to a higher app: the setting `EXPOSURE_SOURCES` names functions that
answer, for documents, which of them an open link leads to.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from tenants.models import Membership, MembershipRole, Team, TeamMember
from vault.access import Key, Place
from vault.models import Document
from vault.rights.explaining import document_keys, folder_keys

type Level = Literal["private", "team", "organisation", "external", "link"]
type Source = Callable[[Collection[UUID]], set[UUID]]


@dataclass(frozen=True, slots=True)
class Exposure:
    level: Level
    teams: tuple[str, ...] = ()
    people: int = 0


def exposures(
    places: Mapping[UUID, Place],
    documents: Collection[Document] = (),
    *,
    folders: Mapping[UUID, Place] | None = None,
) -> dict[UUID, Exposure]:
    """Of documents, whose folders stand at `places`, and of `folders`, where they stand.

    As many queries for one as for a page. A folder's tells who gets in; what lies behind further
    walls, or has keys and links of its own, has a badge of its own.
    """
    ids = [document.pk for document in documents]
    crowd, folders = Crowd.load(), folders or {}
    reach = {f for place in (*places.values(), *folders.values()) for f in place.within_reach}
    above = by_node(folder_keys(reach, crowd.by_group))
    own, linked = by_node(document_keys(ids, crowd.by_group)), with_links(ids)

    def keys_at(place: Place) -> list[Key]:
        return [key for folder in place.within_reach for key in above.get(folder, [])]

    def of(document: Document) -> Exposure:
        if document.pk in linked:
            return Exposure("link")
        line = [] if document.restricted else keys_at(places[document.folder_id])
        return crowd.exposure([*own.get(document.pk, []), *line])

    return {
        **{document.pk: of(document) for document in documents},
        **{folder: crowd.exposure(keys_at(place)) for folder, place in folders.items()},
    }


@dataclass(frozen=True, slots=True)
class Crowd:
    """The principals of an organisation, as far as a badge tells them apart."""

    by_group: dict[int, UUID]
    names: dict[UUID, str]
    everyone: UUID | None
    guests: frozenset[UUID]
    administrators: frozenset[UUID]  # who see everything anyhow
    guests_in: Mapping[UUID, frozenset[UUID]]  # by team: a key to it is a key to them

    @classmethod
    def load(cls) -> "Crowd":
        teams = list(Team.objects.all())
        roles = dict(
            Membership.objects.exclude(role=MembershipRole.MEMBER).values_list("user_id", "role")
        )
        guests = {user for user, role in roles.items() if role == MembershipRole.GUEST}
        return cls(
            {team.group_id: team.pk for team in teams},
            {team.pk: team.name for team in teams},
            next((team.pk for team in teams if team.is_everyone), None),
            frozenset(guests),
            frozenset(roles.keys() - guests),
            guests_by_team(),
        )

    def exposure(self, keys: Iterable[Key]) -> Exposure:
        keys = list(keys)
        people = {key.user for key in keys if key.user} - self.administrators
        teams = {key.team for key in keys if key.team}
        outside = (people & self.guests).union(*(self.guests_in.get(team, ()) for team in teams))
        if outside:
            return Exposure("external", people=len(outside))
        if self.everyone in teams:
            return Exposure("organisation")
        if teams or len(people) > 1:
            return Exposure("team", tuple(sorted(self.names[t] for t in teams)), len(people))
        return Exposure("private", people=len(people))


def guests_by_team() -> dict[UUID, frozenset[UUID]]:
    seats = TeamMember.objects.filter(membership__role=MembershipRole.GUEST)
    teams: dict[UUID, frozenset[UUID]] = {}
    for team, guest in seats.values_list("team_id", "membership__user_id"):
        teams[team] = teams.get(team, frozenset()) | {guest}
    return teams


def by_node(keys: Iterable[Key]) -> dict[UUID, list[Key]]:
    nodes: dict[UUID, list[Key]] = {}
    for key in keys:
        nodes.setdefault(key.node, []).append(key)
    return nodes


def with_links(documents: list[UUID]) -> set[UUID]:
    return {document for source in sources() for document in source(documents)}


@cache
def sources() -> list[Source]:
    return [cast("Source", import_string(path)) for path in settings.EXPOSURE_SOURCES]
