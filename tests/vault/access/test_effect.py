"""What is foreseen of a change is what the naive oracle says, and what then happens."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.flows.teams import add_to_team, remove_from_team
from tests.vault.access.planting import Company, Planted, found_company
from tests.vault.access.test_agreement import standing
from tests.vault.access.test_moving import is_beneath, moved
from tests.vault.access.world import (
    PEOPLE,
    ROLES,
    TEAMS,
    Given,
    World,
    facts,
    in_the_database,
    oracle,
    worlds,
)
from vault.access.effect import Shift, shifts
from vault.errors import LastManager
from vault.flows.foresee import Effect, foresee, foresee_team
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.move import move_document, move_folder
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.rights.surveying import survey

type Name = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Act:
    """A change: what the world is like after it, and how it is made."""

    world: World
    about: Name | int  # a node, or a team by its number
    make: Callable[[Company, Planted], Any]


@st.composite
def acts(draw: st.DrawFn) -> tuple[World, Act]:
    world = draw(worlds(most_folders=8))
    kind = draw(st.sampled_from([give, take, wall, move, seat]))
    return world, kind(draw, world) or give(draw, world)


def give(draw: st.DrawFn, world: World) -> Act:
    principal = draw(
        st.tuples(st.just("person"), st.integers(0, len(PEOPLE) - 1))
        | st.tuples(st.just("team"), st.integers(0, TEAMS - 1))
    )
    node, role = draw(st.sampled_from(world.nodes())), draw(st.sampled_from(ROLES))
    keys = {(key.principal, key.on): key for key in world.keys}
    keys[principal, node] = Given(principal, node, role, "open")  # type: ignore[arg-type, index]

    def make(company: Company, rows: Planted) -> Any:
        who, number = principal
        to = (
            Principal("user", company.people[number].user_id)
            if who == "person"
            else Principal("team", company.teams[number].pk)
        )
        grant = grant_on_folder if node[0] == "folder" else grant_on_document
        return grant(company.people[0], rows.node(node).pk, to=to, role=role)

    return Act(replace(world, keys=tuple(keys.values())), node, make)


def take(draw: st.DrawFn, world: World) -> Act | None:
    if not world.keys:
        return None
    key = draw(st.sampled_from(world.keys))

    def make(company: Company, rows: Planted) -> Any:
        grant = next(pk for pk, given in rows.keys.items() if given == key)
        return revoke_grant(company.people[0], grant)

    return Act(replace(world, keys=tuple(k for k in world.keys if k != key)), key.on, make)


def wall(draw: st.DrawFn, world: World) -> Act:
    """Up where there is none, down where there is one."""
    node = draw(st.sampled_from(world.nodes()))
    place = "folders" if node[0] == "folder" else "documents"
    things = list(getattr(world, place))
    stood = things[node[1]].restricted
    things[node[1]] = replace(things[node[1]], restricted=not stood)
    flows: dict[tuple[str, bool], Any] = {
        ("folder", False): restrict_folder,
        ("folder", True): open_folder,
        ("document", False): restrict_document,
        ("document", True): open_document,
    }

    def make(company: Company, rows: Planted) -> Any:
        return flows[node[0], stood](company.people[0], rows.node(node).pk)

    return Act(replace(world, **{place: tuple(things)}), node, make)


def move(draw: st.DrawFn, world: World) -> Act | None:
    nodes = [name for name in world.nodes() if name != ("folder", 0)]
    node, target = draw(st.sampled_from(nodes)), draw(st.integers(0, len(world.folders) - 1))
    if facts(world, node).parent == target:
        return None
    if node[0] == "folder" and is_beneath(world, target, node[1]):
        return None

    def make(company: Company, rows: Planted) -> Any:
        flow: Any = move_folder if node[0] == "folder" else move_document
        return flow(company.people[0], rows.node(node).pk, to=rows.folders[target].pk)

    return Act(moved(world, node, target), node, make)


def seat(draw: st.DrawFn, world: World) -> Act:
    """Somebody joins a team, or leaves it."""
    team = draw(st.integers(1, TEAMS - 1))
    person = draw(st.integers(0, len(PEOPLE) - 1))
    teams = list(world.teams)
    is_in = person in teams[team]
    teams[team] = teams[team] ^ {person}

    def make(company: Company, rows: Planted) -> Any:
        flow = remove_from_team if is_in else add_to_team
        owner, member = company.people[0], company.people[person]
        return flow(owner, company.teams[team].pk, member.membership_id)

    return Act(replace(world, teams=tuple(teams)), team, make)


def expected(before: World, after: World) -> dict[int, tuple[int, int, int, int]]:
    """By person: folders and documents gained, folders and documents lost."""
    found = {}
    for person in range(len(PEOPLE)):
        counts = [0, 0, 0, 0]
        for node in before.nodes():
            old, new = oracle(before, person, node), oracle(after, person, node)
            counts[(node[0] == "document") + 2 * (new < old)] += old != new
        if any(counts):
            found[person] = (counts[0], counts[1], counts[2], counts[3])
    return found


def foreseen(company: Company, rows: Planted, act: Act) -> Effect:
    owner = company.people[0]
    if isinstance(act.about, int):
        team = company.teams[act.about].pk
        return foresee_team(owner, team, lambda: act.make(company, rows))
    node = rows.node(act.about)
    region = {"folders" if act.about[0] == "folder" else "documents": [node.pk]}
    return foresee(owner, lambda: act.make(company, rows), **region)


def as_counts(shift: Shift) -> tuple[int, int, int, int]:
    return (
        shift.folders_gained,
        shift.documents_gained,
        shift.folders_lost,
        shift.documents_lost,
    )


def check(company: Company, world: World, act: Act) -> None:
    with standing(company, world) as rows:
        numbers = {member.user_id: n for n, member in enumerate(company.people)}
        folders = [folder.pk for folder in rows.folders]
        documents = [document.pk for document in rows.documents]
        try:
            effect = foreseen(company, rows, act)
        except LastManager:  # as it would be refused
            with pytest.raises(LastManager):
                act.make(company, rows)
            return
        told = {numbers[change.person.pk]: change for change in effect.changes}
        wanted = expected(world, act.world)
        assert {n: as_counts(change.shift) for n, change in told.items()} == wanted
        assert effect.gaining == sum(any(counts[:2]) for counts in wanted.values())
        assert effect.losing == sum(any(counts[2:]) for counts in wanted.values())
        if not isinstance(act.about, int):
            for number, change in told.items():
                assert change.before == oracle(world, number, act.about)
                assert change.after == oracle(act.world, number, act.about)
        # Nothing is left of the look ahead; and what then happens is measured over everything.
        before = survey(folders, documents)
        act.make(company, rows)
        after = survey(folders, documents)
        happened = shifts(before, after)
        assert {numbers[pk]: as_counts(shift) for pk, shift in happened.items()} == wanted
        for person, member in enumerate(company.people):
            for number, folder in enumerate(rows.folders):
                wanted_role = oracle(act.world, person, ("folder", number))
                assert after.role(member.user_id, ("folder", folder.pk)) == wanted_role
            for number, document in enumerate(rows.documents):
                wanted_role = oracle(act.world, person, ("document", number))
                assert after.role(member.user_id, document.pk) == wanted_role


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


@given(acts())
@settings(in_the_database, max_examples=40)
def test_what_is_foreseen_is_what_happens(company: Company, act: tuple[World, Act]) -> None:
    check(company, *act)


@pytest.mark.proof
@pytest.mark.timeout(600)
@given(acts())
@settings(in_the_database, max_examples=800)
def test_what_is_foreseen_is_what_happens_in_many_worlds(
    company: Company, act: tuple[World, Act]
) -> None:
    check(company, *act)
