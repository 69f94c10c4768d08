"""What a change does: who can do more afterwards, who can do less, and with how much.

A survey tells a region of the tree lot by lot: a lot is what the same keys open. Two surveys of
the same region, one before a change and one after it, differ by what the change does.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from vault.access.roles import Role


@dataclass(frozen=True, slots=True)
class Lot:
    """Folders and documents that the same keys open: the strongest that each principal has.

    A principal is a person or a team, by id.
    """

    keys: Mapping[UUID, Role]
    folders: int = 0
    documents: int = 0


@dataclass(frozen=True)
class Survey:
    """A region, and the people behind the keys. Lots keep their names while a change is made."""

    lots: Mapping[Hashable, Lot]
    teams: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)  # the people in each
    administrators: frozenset[UUID] = frozenset()

    @cached_property
    def teams_of(self) -> dict[UUID, set[UUID]]:
        teams: dict[UUID, set[UUID]] = {}
        for team, people in self.teams.items():
            for person in people:
                teams.setdefault(person, set()).add(team)
        return teams

    def role(self, person: UUID, lot: Hashable) -> Role:
        """The role that a person holds on a lot; none on one that isn't there."""
        if person in self.administrators:
            return Role.MANAGE
        keys = self.lots[lot].keys if lot in self.lots else {}
        principals = {person, *self.teams_of.get(person, ())}
        return max((keys[p] for p in principals if p in keys), default=Role.NONE)


@dataclass(slots=True)
class Shift:
    """What one person gains and loses: of how many folders and documents the role changes."""

    folders_gained: int = 0
    documents_gained: int = 0
    folders_lost: int = 0
    documents_lost: int = 0

    @property
    def gains(self) -> bool:
        return bool(self.folders_gained or self.documents_gained)

    @property
    def loses(self) -> bool:
        return bool(self.folders_lost or self.documents_lost)


def shifts(before: Survey, after: Survey) -> dict[UUID, Shift]:
    """Each person for whom anything changes. What is the same for them is not counted."""
    found: dict[UUID, Shift] = {}
    for name in before.lots.keys() | after.lots.keys():
        lot = after.lots.get(name) or before.lots[name]
        for person in touched(before, after, name):
            old, new = before.role(person, name), after.role(person, name)
            if old != new:
                add(found.setdefault(person, Shift()), lot, rises=new > old)
    return {person: shift for person, shift in found.items() if shift.gains or shift.loses}


def add(shift: Shift, lot: Lot, *, rises: bool) -> None:
    if rises:
        shift.folders_gained += lot.folders
        shift.documents_gained += lot.documents
    else:
        shift.folders_lost += lot.folders
        shift.documents_lost += lot.documents


def touched(before: Survey, after: Survey, lot: Hashable) -> set[UUID]:
    """Whose role on a lot can differ: who holds a key that changed, or sits in a team that did."""
    old = before.lots[lot].keys if lot in before.lots else {}
    new = after.lots[lot].keys if lot in after.lots else {}
    people: set[UUID] = set(before.administrators ^ after.administrators)
    for principal in old.keys() | new.keys():
        if old.get(principal) != new.get(principal):
            people.update(behind(principal, before, after))
        elif principal in before.teams or principal in after.teams:
            people |= seats(before, principal) ^ seats(after, principal)
    return people


def behind(principal: UUID, *surveys: Survey) -> Iterator[UUID]:
    if any(principal in survey.teams for survey in surveys):
        for survey in surveys:
            yield from seats(survey, principal)
    else:
        yield principal


def seats(survey: Survey, team: UUID) -> frozenset[UUID]:
    return survey.teams.get(team, frozenset())
