"""The figures of lists and of rights, each through the product's own code, in a tenant's scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tenants.actor import Member
from tenants.keyset import Position, sorted_by
from tenants.scoping import scope
from tests.bench.clock import Act, Taken, Times, in_sql, in_turns, whole
from tests.bench.crowd import Crowd
from tests.bench.peers import guardians_check, guardians_page
from tests.bench.report import Figure
from vault.access import Keyring, Role
from vault.flows.grant import Principal, grant_on_folder, revoke_grant
from vault.flows.move import move_folder
from vault.flows.orders import NEWEST_FIRST
from vault.flows.search import PAGE
from vault.models import Document, Folder
from vault.rights import counting, listing
from vault.rights.fetching import fetch_document
from vault.rights.keyrings import keyring_of, role_on_document
from vault.rights.listed import Listed, listed

SIZE = PAGE + 1  # one more, to know whether there is a next page
FLOOR = "the page without permissions"
BY_KEY = "one query by primary key"
QUERIES_THERE = 17_700  # a second, on the machine where the goals were set
NAME = "SELECT name FROM vault_document WHERE id = %s"
EVERYTHING = Keyring(to_everything=True)


@dataclass(frozen=True, slots=True)
class Effort:
    rounds: int
    acts: int  # of those that change what they measure


def machine(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    """How quick it is: what one process asks for by primary key in a second, prepared."""
    with scope(crowd.owner.tenant_id):
        document = newest(EVERYTHING)[0]
        cursor = connection.connection.cursor()  # the driver's own

        def ask_often() -> None:
            for _ in range(1_000):
                cursor.execute(NAME, [document.pk], prepare=True).fetchall()

        times = in_turns({"thousand": whole(ask_often)}, effort.acts)["thousand"]
    rate = 1_000_000 / times.p50
    ratio, words = rate / QUERIES_THERE, "where the goals were set"
    yield Figure("machine", rate, "queries/s", words, QUERIES_THERE, ratio, times.spread)


def both(name: str, times: Times) -> Iterator[Figure]:
    yield Figure(name, times.p50, "ms", spread=times.spread)
    yield Figure(f"{name} work", times.work, "ms CPU")


def beside(name: str, times: Times, yardstick: str, other: Times) -> Figure:
    ratio = times.p50 / other.p50
    return Figure(name, times.p50, "ms", yardstick, other.p50, ratio, times.spread)


def work(name: str, times: Times, yardstick: str, other: Times) -> Figure:
    ratio = times.work / other.work
    return Figure(name, times.work, "ms CPU", yardstick, other.work, ratio)


def newest(keyring: Keyring, start: Position | None = None) -> list[Listed]:
    """Whole rows, as a list shows them."""
    rows = listing.page(keyring, NEWEST_FIRST, start, size=SIZE)
    return listed(row.pk for row in rows[:PAGE])


def list_page(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    """What one writes first has turns of its own: it reads so much that the others' rows leave
    the caches.
    """
    for name, actor in crowd.people.items():
        with scope(actor.tenant_id):
            keyring = keyring_of(actor)
            floor = in_sql(lambda: newest(EVERYTHING))
            page = in_sql(lambda keys=keyring: newest(keys))
            times = in_turns({"page": page, "floor": floor}, effort.rounds)
            guardian = in_sql(lambda who=actor: guardians_page(who, size=SIZE))
            first = in_turns({"guardian": guardian, "floor": floor}, effort.acts)
        yield beside(f"list.page: {name}", times["page"], FLOOR, times["floor"])
        yield Figure(
            f"list.page p95: {name}", times["page"].p95, "ms", spread=times["page"].spread
        )
        yield work(f"list.page work: {name}", times["page"], FLOOR, times["floor"])
        yield beside(f"guardian page: {name}", first["guardian"], FLOOR, first["floor"])


def list_count(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    for name, actor in crowd.people.items():
        with scope(actor.tenant_id):
            keyring = keyring_of(actor)
            act = in_sql(lambda keys=keyring: counting.count(keys))
            times = in_turns({"count": act}, effort.rounds)["count"]
        yield Figure(f"list.count: {name}", times.p95, "ms", spread=times.spread)
        yield Figure(f"list.count work: {name}", times.work, "ms CPU")


def list_deep(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    """The page after a hundred others, or after as many as there are."""
    for name in ("root", "member of the big tenant"):
        actor = crowd.people[name]
        with scope(actor.tenant_id):
            keyring = keyring_of(actor)
            start = after_pages(keyring, 99)
            times = in_turns(
                {
                    "deep": in_sql(lambda keys=keyring, at=start: newest(keys, at)),
                    "first": in_sql(lambda keys=keyring: newest(keys)),
                },
                effort.rounds,
            )
        yield beside(f"list.deep: {name}", times["deep"], "page 1", times["first"])


def after_pages(keyring: Keyring, pages: int) -> Position:
    rows = sorted_by(Document.objects.opened_by(keyring), NEWEST_FIRST)
    number = min(pages * PAGE, max(counting.count(keyring) - SIZE, 1))
    last: Any = rows[number - 1]
    return Position("document", last.key, last.pk)


def check_one(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    for name, actor in crowd.people.items():
        with scope(actor.tenant_id):
            acts = checks(actor)
            times = in_turns(acts, effort.rounds)
        yield beside(f"check.one: {name}", times["check"], BY_KEY, times["key"])
        yield work(f"check.one work: {name}", times["check"], BY_KEY, times["key"])
        yield beside(f"check and fetch: {name}", times["fetch"], BY_KEY, times["key"])
        yield beside(f"guardian check: {name}", times["guardian"], BY_KEY, times["key"])


def checks(actor: Member) -> dict[str, Act]:
    document = newest(keyring_of(actor))[-1]
    return {
        "check": whole(lambda: role_on_document(actor, document.pk) >= Role.READ),
        "fetch": whole(lambda: fetch_document(actor, document.pk, at_least=Role.READ)),
        "key": whole(lambda: by_primary_key(document)),
        "guardian": whole(lambda: guardians_check(actor, document)),
    }


def by_primary_key(document: Listed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAME, [document.pk])
        cursor.fetchall()


def keyring_build(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    for keys in ("40", "500", "2,000"):
        actor = crowd.people[f"{keys} keys"]
        with scope(actor.tenant_id):
            document = newest(keyring_of(actor))[0]
            times = in_turns(
                {
                    "build": whole(lambda who=actor: keyring_of(who)),
                    "key": whole(lambda row=document: by_primary_key(row)),
                },
                effort.rounds,
            )
        yield beside(f"keyring.build {keys} keys", times["build"], BY_KEY, times["key"])
        yield work(f"keyring.build {keys} keys, work", times["build"], BY_KEY, times["key"])


def half_of_it(crowd: Crowd) -> Folder:
    """The folder beneath which half of the big organisation's documents lie."""
    with scope(crowd.owner.tenant_id):
        (folder,) = keyring_of(crowd.people["broad"]).folders.keys() - homes()
        return Folder.objects.get(pk=folder)


def homes() -> set[Any]:
    return set(Folder.objects.filter(home_of__isnull=False).values_list("pk", flat=True))


def grant_folder(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    """From the flow's beginning to the end of its commit; taken back each time."""
    folder, owner = half_of_it(crowd), crowd.owner
    to = Principal("user", crowd.people["sparse"].user_id)
    grants: list[Any] = []

    def give() -> None:
        with scope(owner.tenant_id):
            grants.append(grant_on_folder(owner, folder.pk, to=to, role=Role.READ))

    def act() -> Taken:
        taken = whole(give)()
        with scope(owner.tenant_id):
            revoke_grant(owner, grants.pop().pk)
        return taken

    yield from both("grant.folder", in_turns({"grant": act}, effort.acts)["grant"])


def move_folder_and_back(crowd: Crowd, effort: Effort) -> Iterator[Figure]:
    folder, owner = half_of_it(crowd), crowd.owner
    with scope(owner.tenant_id):
        beside_it = Folder.objects.filter(parent=folder.parent).exclude(pk=folder.pk).first()
    assert beside_it is not None
    assert folder.parent_id is not None
    places = [beside_it.pk, folder.parent_id]

    def move() -> None:
        with scope(owner.tenant_id):
            move_folder(owner, folder.pk, to=places[0])

    def act() -> Taken:
        taken = whole(move)()
        places.reverse()
        return taken

    try:
        yield from both("move.folder", in_turns({"move": act}, effort.acts)["move"])
    finally:
        if places[0] == folder.parent_id:  # it is away
            move()
