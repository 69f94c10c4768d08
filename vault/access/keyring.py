"""The rule on one row: which role does whoever holds these keys have here?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from vault.access.roles import Role

NO_WALL: Final = 32767


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder stands: the way up, itself first, and how far up its nearest wall is.

    A restricted folder is its own wall, at distance 0; `NO_WALL` where there is none.
    """

    way_up: tuple[UUID, ...]
    wall_distance: int = NO_WALL

    @property
    def within_reach(self) -> tuple[UUID, ...]:
        """The folders at which a key opens this one: those up to the wall, the wall included."""
        return self.way_up[: self.wall_distance + 1]


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key that one actor holds, by folder and by document.

    `to_everything` is the key of owners and admins; `ceiling` is the most that any key counts
    as, through a token or a link.
    """

    folders: Mapping[UUID, Role] = field(default_factory=dict)
    documents: Mapping[UUID, Role] = field(default_factory=dict)
    to_everything: bool = False
    ceiling: Role = Role.MANAGE

    def role_in(self, place: Place) -> Role:
        """The role held in a folder."""
        if self.to_everything:
            return self.ceiling
        keys = (self.folders.get(folder, Role.NONE) for folder in place.within_reach)
        return self.capped(max(keys, default=Role.NONE))

    def role_on(self, document: UUID, place: Place, *, restricted: bool) -> Role:
        """The role held on a document in a folder. A restricted one ignores the folder's keys."""
        own = self.capped(self.documents.get(document, Role.NONE))
        if restricted and not self.to_everything:
            return own
        return max(own, self.role_in(place))

    @property
    def uncapped(self) -> "Keyring":
        """The same keys, counting as what they are: to tell of them, not to act by them."""
        return replace(self, ceiling=Role.MANAGE)

    def capped(self, role: Role) -> Role:
        return min(role, self.ceiling)

    def folders_at(self, role: Role) -> list[UUID]:
        """The folders whose key counts as at least `role`."""
        if role > self.ceiling:
            return []
        return [folder for folder, held in self.folders.items() if held >= role]

    def documents_at(self, role: Role) -> list[UUID]:
        if role > self.ceiling:
            return []
        return [document for document, held in self.documents.items() if held >= role]

    def opens_everything(self, role: Role) -> bool:
        return self.to_everything and role <= self.ceiling
