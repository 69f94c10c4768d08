"""Who can see this, and why, now or on a past day: with names and in sentences."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy

from accounts.models import User
from tenants.errors import Invalid
from tenants.keyset import LONGEST_CURSOR
from vault.access import Key, Reason, Role
from vault.flows.reasons import Cause, Names, Remedies, known
from vault.rights.explaining import keys_around, who_can
from vault.rights.fetching import Held, HeldDocument
from vault.rights.history import Past, who_could

PAGE: Final = 50

# The sentence of `vault.access`, for people: it stands beside every answer.
RULE_WORDS = gettext_lazy(
    "The strongest key wins. A key opens its folder and everything beneath, except what lies "
    "behind a wall: a restricted folder or document, which only keys at or inside it pass. "
    "Owners and admins of the organisation hold a manage key to everything, walls included."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person with the strongest role and everything that gives it."""

    person: User
    is_member: bool  # who could do something on a past day may have left since
    role: Role
    is_direct: bool
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A page of those who can, or could: of `total` whose names fit."""

    past: Past
    entries: Sequence[Entry]
    total: int
    next: str | None
    since: "Since"


def explain_access(held: Held, *, at: datetime | None = None) -> list[Entry]:
    """One row a person, the strongest first, then by name."""
    past = people_of(held, at)
    return entries_of(held, past, [person for *_key, person in in_order(past.people, at)], at)


def account_of(
    held: Held, *, words: str = "", cursor: str = "", at: datetime | None = None
) -> Account:
    """The same by pages, of those whose name or address has these words. Raises `Invalid`."""
    past = people_of(held, at)
    order = in_order(past.people, at, words)
    total, start = len(order), read(cursor)
    order = [place for place in order if start is None or place > start]
    page = order[:PAGE]
    entries = entries_of(held, past, [person for *_key, person in page], at)
    following = write(page[-1]) if len(order) > PAGE else None
    return Account(past, entries, total, following, changes_since(held, past, at, words))


def people_of(held: Held, at: datetime | None) -> Past:
    if at is not None:
        return who_could(held.node, at)
    document = held.document if isinstance(held, HeldDocument) else None
    return Past("there", held.place, who_can(held.place, document=document))


@dataclass(frozen=True, slots=True)
class Change:
    """One person who can do more, or less, now than then."""

    person: User
    then: Role
    now: Role


@dataclass(frozen=True, slots=True)
class Since:
    """Whose role is another now than it was then: the first of so many."""

    changes: Sequence[Change] = ()
    total: int = 0


def changes_since(held: Held, past: Past, at: datetime | None, words: str) -> Since:
    """Of those whose name or address has these words, by name."""
    if at is None:
        return Since()
    now = people_of(held, None).people
    roles = {
        person: (strongest(past.people.get(person)), strongest(now.get(person)))
        for person in past.people.keys() | now.keys()
    }
    others = [person for person, (before, after) in roles.items() if before != after]
    people = [user for user in known(others, at).order_by("name", "email") if fits(user, words)]
    return Since([Change(user, *roles[user.pk]) for user in people[:PAGE]], len(people))


def fits(user: User, words: str) -> bool:
    called = f"{user.name} {user.email}".casefold()
    return all(word in called for word in words.casefold().split())


def strongest(reasons: Sequence[Reason] | None) -> Role:
    return reasons[0].role if reasons else Role.NONE


type Spot = tuple[int, str, UUID]


def in_order(
    people: Mapping[UUID, Sequence[Reason]], at: datetime | None, words: str = ""
) -> list[Spot]:
    """Everybody, by role and name: only their names are read."""
    return sorted(
        (-people[user.pk][0].role, (user.name or user.email).casefold(), user.pk)
        for user in known(people, at).only("name", "email")
        if fits(user, words)
    )


def entries_of(held: Held, past: Past, people: Sequence[UUID], at: datetime | None) -> list[Entry]:
    shown = [reason for person in people for reason in past.people[person]]
    remedies = remedies_of(held, past) if at is None else None
    asked = {m for r in shown if r.key and remedies for m in remedies.managers(r.key)}
    names = Names.of(shown, held.keyring, at=at, others=asked)
    return [
        Entry(
            names.people[person],
            person in names.roles,
            past.people[person][0].role,
            any(r.key and r.key.node == held.node.pk for r in past.people[person]),
            tuple(cause_of(reason, names, remedies) for reason in past.people[person]),
        )
        for person in people
    ]


def remedies_of(held: Held, past: Past) -> Remedies:
    return Remedies.of(held.node.pk, held.role, held.place, held.keyring, past.people)


def cause_of(reason: Reason, names: Names, remedies: Remedies | None) -> Cause:
    key = reason.key
    if key is None:
        return Cause(names.sentence(reason), None)
    may_change = remedies is not None and remedies.may_change(key)
    managers = [] if remedies is None or may_change else remedies.managers(key)
    return Cause(
        names.sentence(reason),
        key,
        names.person(key.granted_by),
        names.folders.get(key.node),
        may_change,
        tuple(names.person(manager) for manager in managers),
    )


def keys_here(held: Held) -> list[tuple[Key, str, str]]:
    """What was given on the node itself: key, principal's name, giver's name."""
    document = held.document if isinstance(held, HeldDocument) else None
    node = held.node.pk
    keys = [key for key in keys_around(held.place, document) if key.node == node]
    reasons = [Reason(key.user or key.granted_by or node, key.role, key) for key in keys]
    names = Names.of(reasons, held.keyring)
    return [(key, names.principal(key), names.person(key.granted_by)) for key in keys]


def write(spot: Spot) -> str:
    role, name, person = spot
    raw = json.dumps([role, name, str(person)], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode()


def read(cursor: str) -> Spot | None:
    if not cursor:
        return None
    if len(cursor) > LONGEST_CURSOR:
        raise Invalid("cursor")
    try:
        role, name, person = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return int(role), str(name), UUID(person)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Invalid("cursor") from error
