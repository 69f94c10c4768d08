"""All that a person can reach, and a team: their keys, and the documents that these open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tenants.actor import Member, member_of
from tenants.flows.people import seat_of, team_of
from tenants.keyset import cursor_of, position_of, sorted_by
from tenants.models import Membership, Team
from vault.access import Key, Keyring, Place, Role
from vault.access.explanation import reaches
from vault.flows.holdings import Holdings, holdings, names_of_teams, role_of, ways_to
from vault.flows.orders import BY_NAME
from vault.flows.visit import note_visits_at_home
from vault.models import Document, Folder, places_of
from vault.rights.holdings import keys_of_person, keys_of_teams, opened_in_all
from vault.rights.keyrings import keyring_of

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Reach:
    """`documents` counts those that can be opened, by the strongest role on each."""

    seat: Membership  # with its user
    to_everything: bool  # as owner or admin
    keys: Holdings
    documents: dict[Role, int]

    @property
    def total(self) -> int:
        return sum(self.documents.values())


@dataclass(frozen=True, slots=True)
class Reached:
    """One document, and by which keys. No key at all: as owner or admin."""

    document: Document
    way: Sequence[Folder]
    role: Role
    keys: Sequence[Key]  # the strongest first
    teams: Sequence[str]  # their teams' names, or nothing where a key is one's own
    may: Role  # what the reader holds on it

    @property
    def given_on(self) -> Folder | Document | None:
        """Where the strongest key was given."""
        if not self.keys:
            return None
        here = (folder for folder in self.way if folder.pk == self.keys[0].node)
        return next(here, self.document)


@dataclass(frozen=True, slots=True)
class ReachedPage:
    items: Sequence[Reached]
    next: str | None


def reach_of(actor: Member, who: UUID | None = None, *, cursor: str = "") -> Reach:
    """Of oneself, or for admins of anybody. Raises `TooWeak`, `NotFound`, `Invalid`."""
    seat = seat_of(actor, who)
    return reach(seat, holdings(keys_of_person(seat), seen_by=keyring_of(actor), cursor=cursor))


def whole_reach(seat: Membership) -> Reach:
    """With every key, for whoever runs the installation."""
    everything = Keyring(to_everything=True)
    return reach(seat, holdings(keys_of_person(seat), seen_by=everything, at_most=None))


def reach(seat: Membership, keys: Holdings) -> Reach:
    keyring = keyring_of(member_of(seat))
    return Reach(seat, keyring.to_everything, keys, opened_in_all(keyring))


def documents_reached(actor: Member, who: UUID | None = None, *, cursor: str = "") -> ReachedPage:
    """What these keys open, by name: as many queries for one as for a page.

    Whoever sees by it what lies in somebody else's own folder is recorded, as if they had opened
    that folder. Raises `TooWeak`, `NotFound`, `Invalid`.
    """
    seat, seen_by = seat_of(actor, who), keyring_of(actor)
    keyring, keys = keyring_of(member_of(seat)), keys_of_person(seat)
    start = position_of(cursor, {"document": BY_NAME})
    opened = Document.objects.opened_by(keyring).select_related("folder", "current__blob")
    rows = list(sorted_by(opened, BY_NAME, start)[: PAGE + 1])
    documents = rows[:PAGE]
    places = places_of({row.folder_id for row in documents})
    if seat.user_id != actor.user_id:
        note_visits_at_home(actor, places.values())
    ways, teams = ways_to(seen_by, places), names_of_teams(keys)

    def reached(document: Document) -> Reached:
        place = places[document.folder_id]
        ways_in = keys_to(document, place, keys)
        return Reached(
            document=document,
            way=ways[document.folder_id],
            role=role_of(keyring, document, place),
            keys=ways_in,
            teams=[teams.get(key.team, "") if key.team else "" for key in ways_in],
            may=role_of(seen_by, document, place),
        )

    more = cursor_of(BY_NAME, "document", documents[-1]) if len(rows) > PAGE else None
    return ReachedPage([reached(document) for document in documents], more)


def reach_of_team(actor: Member, team_id: UUID, *, cursor: str = "") -> tuple[Team, Holdings]:
    """The keys of a team, for admins. Raises `TooWeak`, `NotFound`, `Invalid`."""
    team = team_of(actor, team_id)
    return team, holdings(keys_of_teams([team]), seen_by=keyring_of(actor), cursor=cursor)


def keys_to(document: Document, place: Place, keys: Sequence[Key]) -> list[Key]:
    ways = [k for k in keys if reaches(k, place, document.pk, restricted=document.restricted)]
    return sorted(ways, key=lambda key: -key.role)
