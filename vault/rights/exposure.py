"""How far a document has travelled: the badge on every row.

Links to outsiders are known to a higher app: the setting `EXPOSURE_SOURCES` names functions that
answer, for documents, which of them an open link leads to.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from tenants.models import MembershipRole
from tenants.scoping import ask, tenant_in_scope
from vault.access import Place
from vault.models import LIVE, array

type Level = Literal["private", "team", "organisation", "external", "link"]
ON_FOLDERS: Final = f"content_object_id = ANY(%(folders)s::uuid[]) AND {LIVE}"
ON_DOCUMENTS: Final = f"content_object_id = ANY(%(documents)s::uuid[]) AND {LIVE}"
HOLDERS: Final = f"""
    SELECT node, array_remove(array_agg(person), NULL), array_remove(array_agg(team), NULL) FROM (
        SELECT content_object_id AS node, user_id::text AS person, NULL::int AS team
        FROM vault_folderusergrant WHERE {ON_FOLDERS}
        UNION ALL SELECT content_object_id, NULL, group_id
        FROM vault_folderteamgrant WHERE {ON_FOLDERS}
        UNION ALL SELECT content_object_id, user_id::text, NULL
        FROM vault_documentusergrant WHERE {ON_DOCUMENTS}
        UNION ALL SELECT content_object_id, NULL, group_id
        FROM vault_documentteamgrant WHERE {ON_DOCUMENTS}
    ) key GROUP BY node
"""  # noqa: S608  its words are ours
# Those whom a badge tells apart: these teams, the guests in them, and who is no plain member.
TOLD_APART: Final = """
    SELECT group_id, NULL, name, is_everyone FROM tenants_team
    WHERE group_id = ANY(%(groups)s)
    UNION ALL SELECT NULL, user_id::text, role, false FROM tenants_membership
    WHERE tenant_id = %(tenant)s AND role <> 'member'
    UNION ALL SELECT team.group_id, guest.user_id::text, guest.role, false
    FROM tenants_membership guest
    JOIN tenants_teammember seat ON seat.membership_id = guest.id
    JOIN tenants_team team ON team.id = seat.team_id AND team.group_id = ANY(%(groups)s)
    WHERE guest.tenant_id = %(tenant)s AND guest.role = 'guest'
"""

type Source = Callable[[Collection[UUID]], set[UUID]]


class Placed(Protocol):
    """A document, and where its folder stands."""

    @property
    def pk(self) -> UUID: ...

    @property
    def place(self) -> Place: ...

    @property
    def restricted(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Exposure:
    level: Level
    teams: tuple[str, ...] = ()
    people: int = 0


def exposures(
    documents: Collection[Placed], folders: Mapping[UUID, Place] | None = None
) -> dict[UUID, Exposure]:
    """Of documents, and of folders where they stand.

    As many queries for one as for a page. A folder's tells who gets in; what lies behind further
    walls, or has keys and links of its own, has a badge of its own.
    """
    ids = [document.pk for document in documents]
    folders = folders or {}
    places = (*(document.place for document in documents), *folders.values())
    reach = {folder for place in places for folder in place.within_reach}
    holders, linked = holders_of(reach, ids), with_links(ids)
    crowd = Crowd.among(holders.values())

    def told(*nodes: UUID) -> Exposure:
        return crowd.exposure(NOBODY.union(*(holders[n] for n in nodes if n in holders)))

    def of(document: Placed) -> Exposure:
        if document.pk in linked:
            return Exposure("link")
        line = () if document.restricted else document.place.within_reach
        return told(document.pk, *line)

    return {
        **{document.pk: of(document) for document in documents},
        **{folder: told(*place.within_reach) for folder, place in folders.items()},
    }


class Holders(NamedTuple):
    """Of keys: people by their ids as text, and teams by the groups that stand for them."""

    people: frozenset[str]
    groups: frozenset[int]

    def union(self, *others: "Holders") -> "Holders":
        return Holders(
            self.people.union(*(other.people for other in others)),
            self.groups.union(*(other.groups for other in others)),
        )


NOBODY: Final = Holders(frozenset(), frozenset())


def holders_of(folders: Iterable[UUID], documents: Iterable[UUID]) -> dict[UUID, Holders]:
    """Who holds live keys, by node: one query. A page's folders have hundreds of them."""
    values = {"folders": array(folders), "documents": array(documents), "now": timezone.now()}
    return {
        node: Holders(frozenset(people), frozenset(groups))
        for node, people, groups in ask(HOLDERS, values)
    }


@dataclass(frozen=True, slots=True)
class Crowd:
    """Holders, as far as a badge tells them apart."""

    names: Mapping[int, str]  # of teams, by group
    everyone: int | None
    guests: frozenset[str]
    administrators: frozenset[str]  # who see everything anyhow
    guests_in: Mapping[int, Collection[str]]  # a key of a team is a key of the guests in it

    @classmethod
    def among(cls, holders: Iterable[Holders]) -> "Crowd":
        """One query."""
        groups = NOBODY.union(*holders).groups
        rows = ask(TOLD_APART, {"groups": list(groups), "tenant": tenant_in_scope()})
        guests_in: dict[int, list[str]] = {}
        for group, user, _, _ in rows:
            if group and user:
                guests_in.setdefault(group, []).append(user)
        people = {user: role for _, user, role, _ in rows if user}
        guests = {user for user, role in people.items() if role == MembershipRole.GUEST}
        return cls(
            {group: name for group, user, name, _ in rows if not user},
            next((group for group, _, _, is_everyone in rows if is_everyone), None),
            frozenset(guests),
            frozenset(people.keys() - guests),
            guests_in,
        )

    def exposure(self, holders: Holders) -> Exposure:
        people = holders.people - self.administrators
        groups = holders.groups & self.names.keys()  # one may have ended between two queries
        outside = (people & self.guests).union(*(self.guests_in.get(g, ()) for g in groups))
        if outside:
            return Exposure("external", people=len(outside))
        if self.everyone in groups:
            return Exposure("organisation")
        if groups or len(people) > 1:
            return Exposure("team", tuple(sorted(self.names[g] for g in groups)), len(people))
        return Exposure("private", people=len(people))


def with_links(documents: list[UUID]) -> set[UUID]:
    return {document for source in sources() for document in source(documents)}


@cache
def sources() -> list[Source]:
    return [cast("Source", import_string(path)) for path in settings.EXPOSURE_SOURCES]
