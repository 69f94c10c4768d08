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
from tenants.models import Membership
from vault.access import Key, Reason, Role
from vault.flows.reasons import Cause, Names, Remedies
from vault.models import among
from vault.rights.explaining import keys_around, who_can
from vault.rights.fetching import Held, HeldDocument
from vault.rights.history import Past, team_names_then, who_could

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


def explain_access(held: Held, *, at: datetime | None = None) -> list[Entry]:
    """One row a person, the strongest first, then by name."""
    past = people_of(held, at)
    return entries_of(held, past, [person for *_key, person in in_order(past.people)], at)


def account_of(
    held: Held, *, words: str = "", cursor: str = "", at: datetime | None = None
) -> Account:
    """The same by pages, of those whose name or address has these words. Raises `Invalid`."""
    past = people_of(held, at)
    order = in_order(past.people, words)
    total, start = len(order), read(cursor)
    order = [place for place in order if start is None or place > start]
    page = order[:PAGE]
    entries = entries_of(held, past, [person for *_key, person in page], at)
    return Account(past, entries, total, write(page[-1]) if len(order) > PAGE else None)


def people_of(held: Held, at: datetime | None) -> Past:
    if at is not None:
        return who_could(held.node, at)
    document = held.document if isinstance(held, HeldDocument) else None
    return Past("there", held.place, who_can(held.place, document=document))


@dataclass(frozen=True, slots=True)
class Since:
    """One person who can do more, or less, now than then."""

    person: User
    then: Role
    now: Role


def changes_since(held: Held, past: Past) -> list[Since]:
    """Whose role is another now than it was then; by name, the first of them."""
    now = people_of(held, None).people
    roles = {
        person: (strongest(past.people.get(person)), strongest(now.get(person)))
        for person in past.people.keys() | now.keys()
    }
    others = [person for person, (before, after) in roles.items() if before != after]
    seats = Membership.objects.filter(user_id__in=among(others)).select_related("user")
    return [
        Since(seat.user, *roles[seat.user_id])
        for seat in seats.order_by("user__name", "user__email")[:PAGE]
    ]


def strongest(reasons: Sequence[Reason] | None) -> Role:
    return reasons[0].role if reasons else Role.NONE


type Spot = tuple[int, str, UUID]


def in_order(people: Mapping[UUID, Sequence[Reason]], words: str = "") -> list[Spot]:
    """Everybody, by role and name: only their names are read, whoever has left is left out."""
    wanted = words.casefold().split()
    seats = Membership.objects.filter(user_id__in=among(people)).values_list(
        "user_id", "user__name", "user__email"
    )
    return sorted(
        (-people[person][0].role, (name or email).casefold(), person)
        for person, name, email in seats
        if all(word in f"{name} {email}".casefold() for word in wanted)
    )


def entries_of(held: Held, past: Past, people: Sequence[UUID], at: datetime | None) -> list[Entry]:
    shown = [reason for person in people for reason in past.people[person]]
    remedies = remedies_of(held, past) if at is None else None
    asked = {m for r in shown if r.key and remedies for m in remedies.managers(r.key)}
    teams = None if at is None else team_names_then(at)
    names = Names.of(shown, held.keyring, teams=teams, others=asked)
    return [
        Entry(
            names.people[person],
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
    try:
        role, name, person = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return int(role), str(name), UUID(person)
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid("cursor") from error
