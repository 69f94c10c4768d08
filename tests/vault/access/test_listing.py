"""A page of everything is found in two ways, and counted: all agree with the naive oracle."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.keyset import Keyed, Order, Position
from tenants.scoping import UnscopedQuery, scope
from tests.cast import Acme
from tests.vault.access.planting import Company, Planted, found_company, planted
from tests.vault.access.world import PEOPLE, World, in_the_database, oracle, worlds
from tests.vault.rows import add_documents
from vault.access import Keyring, Role
from vault.flows.folders import create_folder
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.orders import FOR_BOTH, NEWEST_FIRST
from vault.flows.trash import trash_document
from vault.models import Document
from vault.names import DisplayName
from vault.rights import counting, listing
from vault.rights.keyrings import keyring_of
from vault.rights.listing import Listing

type Way = Callable[[Keyring, Order, Position | None, int], list[UUID]]


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


@contextmanager
def standing(company: Company, world: World) -> Iterator[Planted]:
    """Some documents were changed at the same moment: then their ids decide."""
    with scope(company.tenant_id), transaction.atomic():
        rows = planted(company, world)
        for number, document in enumerate(rows.documents):
            moment = timezone.now() - timedelta(days=number % 3)
            Document.objects.filter(pk=document.pk).update(
                changed_at=moment.replace(microsecond=0, second=0)
            )
        yield rows
        transaction.set_rollback(True)


def by_page(keyring: Keyring, order: Order, start: Position | None, size: int) -> list[UUID]:
    return ids(listing.page(keyring, order, start, size=size))


def ids(rows: list[Keyed]) -> list[UUID]:
    return [row.pk for row in rows]


def by_walk(keyring: Keyring, order: Order, start: Position | None, size: int) -> list[UUID]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "FEW", -1)  # it is the way, however few there are
        return ids(Listing.of(keyring, order, start, size).walk()[1])


def by_key(keyring: Keyring, order: Order, start: Position | None, size: int) -> list[UUID]:
    return ids(Listing.of(keyring, order, start, size).walk_by_key())


def by_spread(keyring: Keyring, order: Order, start: Position | None, size: int) -> list[UUID]:
    return ids(Listing.of(keyring, order, start, size).spread())


WAYS: list[Way] = [by_page, by_walk, by_key, by_spread]


def read_through(way: Way, keyring: Keyring, order: Order, size: int) -> list[UUID]:
    """Page after page. Each walk is taken as found: it looks at all there is."""
    found: list[UUID] = []
    start: Position | None = None
    while some := way(keyring, order, start, size):
        rows = {row.pk: row for row in Document.objects.filter(pk__in=some).annotate(k=order.key)}
        page = sorted(some, key=lambda pk: (rows[pk].k, pk), reverse=order.descending)
        found += page
        start = Position("document", rows[page[-1]].k, page[-1])  # type: ignore[attr-defined]
    return found


def expected(world: World, rows: Planted, person: int, order: Order) -> list[UUID]:
    seen = [
        document.pk
        for number, document in enumerate(rows.documents)
        if oracle(world, person, ("document", number)) >= Role.PREVIEW
    ]
    keys = dict(Document.objects.filter(pk__in=seen).values_list("pk", order.key))
    return sorted(seen, key=lambda pk: (keys[pk], pk), reverse=order.descending)


@given(worlds(), st.sampled_from(FOR_BOTH), st.integers(1, 3))
@settings(in_the_database, max_examples=25)
def test_every_way_finds_the_same_pages(
    company: Company, world: World, order: Order, size: int
) -> None:
    with standing(company, world) as rows:
        for person, actor in enumerate(company.people):
            keyring = keyring_of(actor)
            here = expected(world, rows, person, order)
            ways = WAYS[:1] if PEOPLE[person] in ("owner", "admin") else WAYS
            for way in ways:
                assert read_through(way, keyring, order, size) == here, way.__name__
            assert counting.count(keyring) == len(here)


@given(
    worlds(),
    st.sampled_from(FOR_BOTH),
    st.integers(1, 3),
    st.sampled_from([(0, 1), (0, 3), (0, 1500), (2, 3), (100, 1500)]),
    st.sampled_from([1, 3, 10_000]),
)
@settings(in_the_database, max_examples=30)
def test_wherever_the_choice_falls_the_page_is_whole(
    company: Company, world: World, order: Order, size: int, bounds: tuple[int, int], steps: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, standing(company, world) as rows:
        patch.setattr(listing, "FEW", bounds[0])
        patch.setattr(listing, "MANY", bounds[1])
        patch.setattr(listing, "STEPS", {"changed": steps, "name": steps})
        for person, actor in enumerate(company.people):
            here, keyring = expected(world, rows, person, order), keyring_of(actor)
            assert read_through(by_page, keyring, order, size) == here
            assert counting.count(keyring) == len(here)


def test_what_is_in_the_trash_is_neither_listed_nor_counted(in_acme: Acme) -> None:
    add_documents(in_acme.folder, ["a.pdf", "b.pdf"])
    keyring = keyring_of(in_acme.bob)
    assert counting.count(keyring) == 3
    trash_document(in_acme.alice, in_acme.contract.pk)
    assert counting.count(keyring) == 2
    for way in WAYS:
        assert len(way(keyring, FOR_BOTH[0], None, 10)) == 2


def test_other_orders_are_listed_by_the_rule_itself(in_acme: Acme) -> None:
    size: Any = Order("size", F("current__blob__size"), int)
    assert by_page(keyring_of(in_acme.bob), size, None, 10) == [in_acme.contract.pk]


def test_a_list_without_an_organisation_in_scope_is_refused(acme: Acme) -> None:
    with scope(acme.tenant_id):
        keyring = keyring_of(acme.bob)
    with pytest.raises(UnscopedQuery):
        counting.count(keyring)


def test_a_second_key_further_down_takes_nothing_off_the_page(in_acme: Acme) -> None:
    """A folder that two keys open is one folder."""
    top = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Top"))
    inner = create_folder(in_acme.alice, top.pk, name=DisplayName("Inner"))
    for number in range(30):
        name = DisplayName(f"Folder {number}")
        lying = create_folder(in_acme.alice, inner.pk, name=name)
        Document.objects.create(tenant_id=in_acme.tenant_id, folder=lying, name=f"{number}.pdf")
    to = Principal("user", in_acme.dan.user_id)
    for folder in (top, inner):
        grant_on_folder(in_acme.alice, folder.pk, to=to, role=Role.READ)
        keyring = keyring_of(in_acme.dan)
        shown = listing.page(keyring, NEWEST_FIRST, size=26)
        assert len({document.pk for document in shown}) == 26
        assert counting.count(keyring) == 30
