"""The rule by itself: pure Python against the oracle, and what must hold of any keyring."""

import itertools
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.access.world import (
    PEOPLE,
    ROLES,
    Given,
    Node,
    World,
    facts,
    is_held,
    opens,
    oracle,
    quick,
    ways,
    worlds,
)
from vault.access import NO_WALL, Key, Keyring, Place, Role, explain

people = st.integers(0, len(PEOPLE) - 1)
ceilings = st.sampled_from(ROLES)


def folder_id(number: int) -> UUID:
    return UUID(int=number)


def document_id(number: int) -> UUID:
    return UUID(int=1000 + number)


def person_id(number: int) -> UUID:
    return UUID(int=2000 + number)


def place(world: World, folder: int) -> Place:
    way, here = [], folder
    while True:
        way.append(here)
        if (parent := world.folders[here].parent) is None:
            break
        here = parent
    walls = [distance for distance, f in enumerate(way) if world.folders[f].restricted]
    return Place(tuple(map(folder_id, way)), min(walls, default=NO_WALL))


def keyring(world: World, person: int, ceiling: Role = Role.MANAGE) -> Keyring:
    if PEOPLE[person] in ("owner", "admin"):
        return Keyring(to_everything=True, ceiling=ceiling)
    folders: dict[UUID, Role] = {}
    documents: dict[UUID, Role] = {}
    for key in world.keys:
        if key.life == "over" or not is_held(world, key, person):
            continue
        kind, number = key.on
        held, node = (
            (folders, folder_id(number)) if kind == "folder" else (documents, document_id(number))
        )
        held[node] = max(key.role, held.get(node, Role.NONE))
    return Keyring(folders, documents, ceiling=ceiling)


def role(world: World, ring: Keyring, node: tuple[str, int]) -> Role:
    kind, number = node
    if kind == "folder":
        return ring.role_in(place(world, number))
    document = world.documents[number]
    assert document.parent is not None
    here = place(world, document.parent)
    return ring.role_on(document_id(number), here, restricted=document.restricted)


@given(worlds(), people, ceilings)
@quick
def test_a_keyring_answers_as_the_oracle_does(world: World, person: int, ceiling: Role) -> None:
    ring = keyring(world, person, ceiling)
    for node in world.nodes():
        assert role(world, ring, node) == min(oracle(world, person, node), ceiling)


@pytest.mark.proof
@given(worlds(most_folders=30), people, ceilings)
@settings(quick, max_examples=3000)
def test_a_keyring_answers_as_the_oracle_does_in_larger_worlds(
    world: World, person: int, ceiling: Role
) -> None:
    ring = keyring(world, person, ceiling)
    for node in world.nodes():
        assert role(world, ring, node) == min(oracle(world, person, node), ceiling)


@given(worlds())
@quick
def test_an_explanation_names_each_person_with_every_way_best_first(world: World) -> None:
    administrators = [person_id(n) for n, seat in enumerate(PEOPLE) if seat in ("owner", "admin")]
    names = {number: given for number, given in enumerate(world.keys) if given.life != "over"}
    for node in world.nodes():
        told = explain(
            [as_key(number, given) for number, given in names.items()],
            place(world, node[1] if node[0] == "folder" else parent_of(world, node)),
            document=document_id(node[1]) if node[0] == "document" else None,
            restricted=node[0] == "document" and facts(world, node).restricted,
            teams={
                UUID(int=n): tuple(map(person_id, crowd)) for n, crowd in enumerate(world.teams)
            },
            administrators=administrators,
        )
        for person in range(len(PEOPLE)):
            reasons = told.get(person_id(person), [])
            strongest = reasons[0].role if reasons else Role.NONE
            assert strongest == oracle(world, person, node)
            assert [r.role for r in reasons] == sorted((r.role for r in reasons), reverse=True)
            named = sorted(reason.key.grant.int for reason in reasons if reason.key)
            expected = ways(world, person, node)
            assert named == sorted(n for n, given in names.items() if given in expected)


def parent_of(world: World, node: tuple[str, int]) -> int:
    parent = facts(world, node).parent
    assert parent is not None
    return parent


def as_key(number: int, given: Given) -> Key:
    kind, thing = given.on
    team = given.principal[0] == "team"
    return Key(
        grant=UUID(int=number),
        node=folder_id(thing) if kind == "folder" else document_id(thing),
        at=kind,
        role=given.role,
        user=None if team else person_id(given.principal[1]),
        team=UUID(int=given.principal[1]) if team else None,
    )


@given(worlds(), people)
@quick
def test_a_wall_never_gives_anyone_more(world: World, person: int) -> None:
    walled = World(
        tuple(type(f)(f.parent, restricted=True) for f in world.folders),
        world.documents,
        world.teams,
        world.keys,
    )
    for node in world.nodes():
        with_walls = role(walled, keyring(walled, person), node)
        assert with_walls <= role(world, keyring(world, person), node)


@given(worlds(), people, ceilings)
@quick
def test_a_ceiling_hides_the_keys_that_are_stronger(
    world: World, person: int, ceiling: Role
) -> None:
    ring = keyring(world, person, ceiling)
    for asked in ROLES:
        if asked > ceiling:
            assert ring.folders_at(asked) == ring.documents_at(asked) == []
            assert not ring.opens_everything(asked)
        else:
            assert ring.folders_at(asked) == [
                f for f, held in ring.folders.items() if held >= asked
            ]
            assert ring.opens_everything(asked) == ring.to_everything


@given(worlds(), people)
@quick
def test_each_role_includes_the_one_before(world: World, person: int) -> None:
    ring = keyring(world, person)
    for weaker, stronger in itertools.pairwise(ROLES):
        assert set(ring.folders_at(stronger)) <= set(ring.folders_at(weaker))


@pytest.mark.parametrize("word", ["none", "", "READ", "owner", "manage_folder"])
def test_what_is_no_role_cannot_be_granted(word: str) -> None:
    with pytest.raises(ValueError, match=f"^{word}$"):
        Role.from_word(word)


def test_a_wall_between_hides_what_lies_above_it() -> None:
    """The oracle by an example, so that it cannot drift together with the code."""
    world = World(
        (Node(None, restricted=False), Node(0, restricted=True), Node(1, restricted=False)),
        (Node(2, restricted=False), Node(2, restricted=True)),
        (frozenset(), frozenset(), frozenset()),
        (),
    )
    assert opens(world, ("folder", 0), ("folder", 0))
    assert not opens(world, ("folder", 0), ("folder", 2))
    assert opens(world, ("folder", 1), ("document", 0))
    assert opens(world, ("folder", 2), ("document", 0))
    assert not opens(world, ("folder", 2), ("document", 1))
    assert opens(world, ("document", 1), ("document", 1))
