"""All that a person can reach: equal to what the naive oracle says, in random worlds."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings

from tenants.actor import Member
from tests.vault.access.planting import Company, Planted, found_company
from tests.vault.access.test_agreement import many, standing
from tests.vault.access.world import (
    PEOPLE,
    TEAMS,
    World,
    in_the_database,
    is_held,
    opens,
    oracle,
    ways,
    worlds,
)
from vault.access import Role
from vault.flows import holdings, reach
from vault.flows.reach import Reached, documents_reached, reach_of, reach_of_team


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that small worlds have several."""
    monkeypatch.setattr(reach, "PAGE", 3)
    monkeypatch.setattr(holdings, "PAGE", 3)


@dataclass(frozen=True, slots=True)
class Told:
    """What the pages say of a person, put together."""

    keys: list[holdings.Holding]
    documents: list[Reached]
    totals: dict[Role, int]


def told(asker: Member, about: Member) -> Told:
    keys, documents, cursor = [], [], ""
    while True:
        found = reach_of(asker, about.membership_id, cursor=cursor)
        keys += found.keys.items
        assert found.keys.total >= len(found.keys.items)
        if found.keys.next is None:
            break
        cursor = found.keys.next
    cursor = ""
    while True:
        page = documents_reached(asker, about.membership_id, cursor=cursor)
        documents += page.items
        if page.next is None:
            return Told(keys, documents, found.documents)
        cursor = page.next


def check_person(company: Company, world: World, rows: Planted, person: int) -> None:
    about, owner = company.people[person], company.people[0]
    names = [("document", number) for number in range(len(world.documents))]
    roles = {rows.node(name).pk: oracle(world, person, name) for name in names}
    expected = {pk: role for pk, role in roles.items() if role}
    for asker in (about, owner):
        found = told(asker, about)
        assert {one.document.pk: one.role for one in found.documents} == expected
        assert len(found.documents) == len(expected)
        assert found.totals == {
            role: sum(held == role for held in expected.values()) for role in Role if role
        }
        check_keys(world, rows, person, found)


def check_keys(world: World, rows: Planted, person: int, found: Told) -> None:
    lasting = [key for key in world.keys if key.life != "over" and is_held(world, key, person)]
    listed = [rows.keys[holding.grant.grant] for holding in found.keys]
    assert sorted(listed, key=repr) == sorted(lasting, key=repr)
    assert [key.role for key in listed] == sorted((key.role for key in listed), reverse=True)
    for holding in found.keys:
        key = rows.keys[holding.grant.grant]
        alone = [n for n in range(len(world.documents)) if opens(world, key.on, ("document", n))]
        assert holding.documents == len(alone)
    numbers = {document.pk: number for number, document in enumerate(rows.documents)}
    for one in found.documents:
        named = [rows.keys[key.grant] for key in one.keys]
        right = ways(world, person, ("document", numbers[one.document.pk]))
        assert sorted(named, key=repr) == sorted(right, key=repr)


def check_team(company: Company, world: World, rows: Planted, team: int) -> None:
    _team, found = reach_of_team(company.people[0], company.teams[team].pk)
    mine = [k for k in world.keys if k.principal == ("team", team) and k.life != "over"]
    assert found.total == len(mine)
    for holding in found.items:
        key = rows.keys[holding.grant.grant]
        assert key in mine
        names = [("document", number) for number in range(len(world.documents))]
        assert holding.documents == sum(opens(world, key.on, name) for name in names)


@given(worlds(most_folders=8))
@settings(in_the_database, max_examples=12)
def test_what_is_told_is_what_the_oracle_says(company: Company, world: World) -> None:
    with standing(company, world) as rows:
        for person in range(len(PEOPLE)):
            check_person(company, world, rows, person)
        for team in range(TEAMS):
            check_team(company, world, rows, team)


@pytest.mark.proof
@pytest.mark.timeout(900)
@given(worlds())
@settings(many, max_examples=200)
def test_what_is_told_is_what_the_oracle_says_in_many_worlds(
    company: Company, world: World
) -> None:
    with standing(company, world) as rows:
        for person in range(len(PEOPLE)):
            check_person(company, world, rows, person)
        for team in range(TEAMS):
            check_team(company, world, rows, team)
