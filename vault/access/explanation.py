"""The rule, told: every key that reaches a node, and for each person all that opens it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from vault.access.keyring import Place
from vault.access.roles import Role


@dataclass(frozen=True, slots=True)
class Key:
    """A grant: one principal, one node, one role."""

    grant: UUID
    node: UUID
    at: Literal["folder", "document"]
    role: Role
    user: UUID | None = None
    team: UUID | None = None
    granted_by: UUID | None = None
    granted_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One way by which a person reaches a node. No key means: as owner or admin."""

    person: UUID
    role: Role
    key: Key | None = None


def explain(
    keys: Iterable[Key],
    place: Place,
    *,
    document: UUID | None = None,
    restricted: bool = False,
    teams: dict[UUID, tuple[UUID, ...]],
    administrators: Iterable[UUID],
) -> dict[UUID, list[Reason]]:
    """Each person who can reach a folder, or a document in it, with every reason, best first.

    `keys` are live ones; `teams` maps a team to the people in it.
    """
    reasons = [Reason(person, Role.MANAGE) for person in administrators]
    for key in keys:
        if reaches(key, place, document, restricted=restricted):
            reasons += [Reason(person, key.role, key) for person in holders(key, teams)]
    people: dict[UUID, list[Reason]] = {}
    for reason in sorted(reasons, key=lambda reason: -reason.role):
        people.setdefault(reason.person, []).append(reason)
    return people


def reaches(key: Key, place: Place, document: UUID | None, *, restricted: bool) -> bool:
    if key.at == "document":
        return key.node == document
    return not restricted and key.node in place.within_reach


def holders(key: Key, teams: dict[UUID, tuple[UUID, ...]]) -> Iterator[UUID]:
    if key.user is not None:
        yield key.user
    elif key.team is not None:
        yield from teams.get(key.team, ())
