"""Whoever moves something: nobody gains by it, unless the mover says who may do what there."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.errors import Invalid, NotFound, TooWeak
from tests.vault.access.planting import Company, found_company
from tests.vault.access.test_agreement import standing
from tests.vault.access.world import (
    PEOPLE,
    ROLES,
    Given,
    World,
    facts,
    in_the_database,
    oracle,
    worlds,
)
from vault.access import Keyring, Place, Role
from vault.flows.move import move_document, move_folder
from vault.models import Document, Folder, place_of
from vault.rights.keyrings import keyring_of

type Name = tuple[str, int]
MEMBERS = [n for n, role in enumerate(PEOPLE) if role not in ("owner", "admin")]
strong = st.sampled_from([Role.EDIT, Role.EDIT, Role.MANAGE])


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


def moved(world: World, node: Name, target: int) -> World:
    place = "folders" if node[0] == "folder" else "documents"
    rows = list(getattr(world, place))
    rows[node[1]] = replace(rows[node[1]], parent=target)
    return replace(world, **{place: tuple(rows)})


def is_beneath(world: World, folder: int, above: int) -> bool:
    here: int | None = folder
    while here is not None and here != above:
        here = world.folders[here].parent
    return here == above


def roles(world: World) -> dict[tuple[int, Name], Role]:
    return {
        (person, node): oracle(world, person, node)
        for person in range(len(PEOPLE))
        for node in world.nodes()
    }


def expected(world: World, mover: int, node: Name, target: int) -> type[Exception] | None:
    held, there = oracle(world, mover, node), oracle(world, mover, ("folder", target))
    for role in (held, there):
        if role < Role.EDIT:
            return TooWeak if role else NotFound
    if facts(world, node).parent == target:
        return None
    if node[0] == "folder" and is_beneath(world, target, node[1]):
        return Invalid
    before, after = roles(world), roles(moved(world, node, target))
    somebody_gains = any(after[key] > before[key] for key in before)
    return TooWeak if somebody_gains and held < Role.MANAGE else None


def check(company: Company, world: World, mover: int, node: Name, target: int) -> None:
    with standing(company, world) as rows:
        actor, to = company.people[mover], rows.folders[target].pk
        move = move_folder if node[0] == "folder" else move_document
        refusal = expected(world, mover, node, target)
        if refusal is None:
            move(actor, rows.node(node).pk, to=to)  # type: ignore[operator]
            world = moved(world, node, target)
        else:
            with pytest.raises(refusal):
                move(actor, rows.node(node).pk, to=to)  # type: ignore[operator]
        rings = [keyring_of(member) for member in company.people]
        for name in world.nodes():
            model = Folder if name[0] == "folder" else Document
            row = model.objects.get(pk=rows.node(name).pk)  # type: ignore[attr-defined]
            place = place_of(row.pk if isinstance(row, Folder) else row.folder_id)
            for person, ring in enumerate(rings):
                assert held_on(ring, row, place) == oracle(world, person, name)


def held_on(ring: Keyring, row: Folder | Document, place: Place) -> Role:
    if isinstance(row, Folder):
        return ring.role_in(place)
    return ring.role_on(row.pk, place, restricted=row.restricted)


@st.composite
def moves(draw: st.DrawFn) -> tuple[World, int, Name, int]:
    """Mostly by somebody who may edit at both ends, to where somebody else holds a key.

    Else most moves would be refused for a plainer reason, or nobody would gain by them.
    """
    world = draw(worlds(most_folders=6))
    node = draw(st.sampled_from([name for name in world.nodes() if name != ("folder", 0)]))
    target = draw(st.integers(0, len(world.folders) - 1))
    mover, other = draw(st.permutations(MEMBERS))[:2]
    if draw(st.integers(0, 4)):
        there: Name = ("folder", target)
        added = [
            Given(("person", mover), node, draw(strong), "open"),
            Given(("person", mover), there, Role.EDIT, "open"),
            Given(("person", other), there, draw(st.sampled_from(ROLES)), "open"),
        ]
        keys = {(key.principal, key.on): key for key in [*world.keys, *added]}
        world = replace(world, keys=tuple(keys.values()))
    return world, mover, node, target


@given(moves())
@settings(in_the_database, max_examples=50)
def test_a_move_gives_nobody_more_than_its_mover_may_give(
    company: Company, move: tuple[World, int, Name, int]
) -> None:
    check(company, *move)


@pytest.mark.proof
@pytest.mark.timeout(600)
@given(moves())
@settings(in_the_database, max_examples=600)
def test_many_moves_give_nobody_more_than_their_movers_may_give(
    company: Company, move: tuple[World, int, Name, int]
) -> None:
    check(company, *move)
