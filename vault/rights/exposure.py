"""How far a document has travelled: the badge on every row.

Links to outsiders are known to a higher app: the setting `EXPOSURE_SOURCES` names functions that
answer, for documents, which of them an open link leads to.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from tenants.models import Membership, MembershipRole, Team
from vault.access import Key, Place
from vault.models import Document, DocumentTeamGrant, DocumentUserGrant
from vault.rights.explaining import folder_keys, person_keys, team_keys

type Level = Literal["private", "team", "organisation", "external", "link"]
type Source = Callable[[Collection[UUID]], set[UUID]]


@dataclass(frozen=True, slots=True)
class Exposure:
    level: Level
    teams: tuple[str, ...] = ()
    people: int = 0


def exposures(place: Place, documents: Iterable[Document]) -> dict[UUID, Exposure]:
    """Of documents in one folder; the number of queries does not grow with them."""
    documents = list(documents)
    ids = [document.pk for document in documents]
    crowd = Crowd.load()
    above = folder_keys(place.within_reach, crowd.by_group)
    own = keys_on(ids, crowd)
    linked = with_links(ids)
    return {
        document.pk: Exposure("link")
        if document.pk in linked
        else crowd.exposure([*own.get(document.pk, []), *([] if document.restricted else above)])
        for document in documents
    }


def folder_exposure(place: Place) -> Exposure:
    crowd = Crowd.load()
    return crowd.exposure(folder_keys(place.within_reach, crowd.by_group))


@dataclass(frozen=True, slots=True)
class Crowd:
    """The principals of an organisation, as far as a badge tells them apart."""

    by_group: dict[int, UUID]
    names: dict[UUID, str]
    everyone: UUID | None
    guests: frozenset[UUID]

    @classmethod
    def load(cls) -> "Crowd":
        teams = list(Team.objects.all())
        guests = Membership.objects.filter(role=MembershipRole.GUEST)
        return cls(
            {team.group_id: team.pk for team in teams},
            {team.pk: team.name for team in teams},
            next((team.pk for team in teams if team.is_everyone), None),
            frozenset(guests.values_list("user_id", flat=True)),
        )

    def exposure(self, keys: Iterable[Key]) -> Exposure:
        keys = list(keys)
        people = {key.user for key in keys if key.user}
        teams = {key.team for key in keys if key.team}
        if people & self.guests:
            return Exposure("external", people=len(people & self.guests))
        if self.everyone in teams:
            return Exposure("organisation")
        if teams or len(people) > 1:
            return Exposure("team", tuple(sorted(self.names[t] for t in teams)), len(people))
        return Exposure("private", people=len(people))


def keys_on(documents: list[UUID], crowd: Crowd) -> dict[UUID, list[Key]]:
    keys = [
        *person_keys(DocumentUserGrant.objects.filter(content_object__in=documents), "document"),
        *team_keys(
            DocumentTeamGrant.objects.filter(content_object__in=documents),
            "document",
            crowd.by_group,
        ),
    ]
    on: dict[UUID, list[Key]] = {}
    for key in keys:
        on.setdefault(key.node, []).append(key)
    return on


def with_links(documents: list[UUID]) -> set[UUID]:
    return {document for source in sources() for document in source(documents)}


@cache
def sources() -> list[Source]:
    return [cast("Source", import_string(path)) for path in settings.EXPOSURE_SOURCES]
