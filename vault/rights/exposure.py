"""How far a document has travelled: the badge on every row.

Links to outsiders are known to a higher app: the setting `EXPOSURE_SOURCES` names functions that
answer, for documents, which of them an open link leads to.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple, cast
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from tenants.models import Membership, MembershipRole, Team, TeamMember
from tenants.scoping import ask
from vault.access import Place
from vault.models import Document, array

type Level = Literal["private", "team", "organisation", "external", "link"]
LIVE: Final = "(expires_at IS NULL OR expires_at > %(now)s)"
ON_FOLDERS: Final = f"content_object_id = ANY(%(folders)s::uuid[]) AND {LIVE}"
ON_DOCUMENTS: Final = f"content_object_id = ANY(%(documents)s::uuid[]) AND {LIVE}"
HOLDERS: Final = f"""
    SELECT content_object_id, user_id, NULL::int FROM vault_folderusergrant WHERE {ON_FOLDERS}
    UNION ALL SELECT content_object_id, NULL, group_id FROM vault_folderteamgrant
    WHERE {ON_FOLDERS}
    UNION ALL SELECT content_object_id, user_id, NULL FROM vault_documentusergrant
    WHERE {ON_DOCUMENTS}
    UNION ALL SELECT content_object_id, NULL, group_id FROM vault_documentteamgrant
    WHERE {ON_DOCUMENTS}
"""  # noqa: S608  its words are ours

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
    holders, linked = crowd.holders(reach, ids), with_links(ids)

    def holders_in(place: Place) -> list[Holder]:
        return [holder for folder in place.within_reach for holder in holders.get(folder, ())]

    def of(document: Document) -> Exposure:
        if document.pk in linked:
            return Exposure("link")
        line = [] if document.restricted else holders_in(places[document.folder_id])
        return crowd.exposure([*holders.get(document.pk, ()), *line])

    return {
        **{document.pk: of(document) for document in documents},
        **{folder: crowd.exposure(holders_in(place)) for folder, place in folders.items()},
    }


class Holder(NamedTuple):
    """Of one key: a person or a team."""

    user: UUID | None
    team: UUID | None


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
        teams = list(Team.objects.values_list("group_id", "pk", "name", "is_everyone"))
        roles = dict(
            Membership.objects.exclude(role=MembershipRole.MEMBER).values_list("user_id", "role")
        )
        guests = {user for user, role in roles.items() if role == MembershipRole.GUEST}
        return cls(
            {group: team for group, team, _, _ in teams},
            {team: name for _, team, name, _ in teams},
            next((team for _, team, _, is_everyone in teams if is_everyone), None),
            frozenset(guests),
            frozenset(roles.keys() - guests),
            guests_by_team(),
        )

    def holders(
        self, folders: Iterable[UUID], documents: Iterable[UUID]
    ) -> dict[UUID, list[Holder]]:
        """Who holds live keys, by node: one query. A page's folders have hundreds of them."""
        nodes: dict[UUID, list[Holder]] = {}
        values = {"folders": array(folders), "documents": array(documents), "now": timezone.now()}
        for node, user, group in ask(HOLDERS, values):
            team = self.by_group[group] if group else None
            nodes.setdefault(node, []).append(Holder(user, team))
        return nodes

    def exposure(self, holders: Iterable[Holder]) -> Exposure:
        holders = list(holders)
        people = {holder.user for holder in holders if holder.user} - self.administrators
        teams = {holder.team for holder in holders if holder.team}
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


def with_links(documents: list[UUID]) -> set[UUID]:
    return {document for source in sources() for document in source(documents)}


@cache
def sources() -> list[Source]:
    return [cast("Source", import_string(path)) for path in settings.EXPOSURE_SOURCES]
