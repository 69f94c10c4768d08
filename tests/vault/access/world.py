"""Small worlds of folders, walls, people and keys; and the rule, told again as naively as can be.

Things are named by numbers. The oracle is written from the sentence in `vault/access`, and
shares nothing with the code: it climbs from a thing to its parents, and a wall lets no key pass
that lies above it.
"""

from dataclasses import dataclass
from typing import Literal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tenants.models import MembershipRole
from vault.access import Role

ROLES = (Role.PREVIEW, Role.READ, Role.EDIT, Role.MANAGE)
PEOPLE = (
    MembershipRole.OWNER,
    MembershipRole.ADMIN,
    MembershipRole.MEMBER,
    MembershipRole.MEMBER,
    MembershipRole.GUEST,
)
TEAMS = 3
EVERYONE = 0  # the team of all who are no guests

quick = settings(deadline=None, database=None, max_examples=120)
in_the_database = settings(
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True, slots=True)
class Node:
    """A folder or a document. Folder 0 is the root; a parent's number is smaller."""

    parent: int | None
    restricted: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A key: to whom, on what, which role, and whether it lasts."""

    principal: tuple[Literal["person", "team"], int]
    on: tuple[Literal["folder", "document"], int]
    role: Role
    life: Literal["open", "until tomorrow", "over"]


@dataclass(frozen=True, slots=True)
class World:
    folders: tuple[Node, ...]
    documents: tuple[Node, ...]
    teams: tuple[frozenset[int], ...]
    keys: tuple[Given, ...]

    def nodes(self) -> list[tuple[str, int]]:
        folders = [("folder", number) for number in range(len(self.folders))]
        return folders + [("document", number) for number in range(len(self.documents))]


@st.composite
def worlds(draw: st.DrawFn, most_folders: int = 12) -> World:
    wall = st.sampled_from([False, False, True])
    folders = [Node(None, restricted=draw(wall))]
    folders += [
        Node(draw(st.integers(0, number)), restricted=draw(wall))
        for number in range(draw(st.integers(1, most_folders - 1)))
    ]
    documents = draw(
        st.lists(st.builds(Node, st.integers(0, len(folders) - 1), wall), min_size=1, max_size=8)
    )
    everyone = frozenset(n for n, role in enumerate(PEOPLE) if role != MembershipRole.GUEST)
    crowd = st.frozensets(st.integers(0, len(PEOPLE) - 1), max_size=3)
    teams = [everyone, *(draw(crowd) for _ in range(TEAMS - 1))]
    keys = draw(
        st.lists(
            st.builds(
                Given,
                st.tuples(st.just("person"), st.integers(0, len(PEOPLE) - 1))
                | st.tuples(st.just("team"), st.integers(0, TEAMS - 1)),
                st.tuples(st.just("folder"), st.integers(0, len(folders) - 1))
                | st.tuples(st.just("document"), st.integers(0, len(documents) - 1)),
                st.sampled_from(ROLES),
                st.sampled_from(["open", "open", "until tomorrow", "over"]),
            ),
            max_size=14,
            unique_by=lambda key: (key.principal, key.on),
        )
    )
    return World(tuple(folders), tuple(documents), tuple(teams), tuple(keys))


def ways(world: World, person: int, node: tuple[str, int]) -> list[Given]:
    """Every key by which a person reaches a node."""
    return [
        key
        for key in world.keys
        if key.life != "over" and is_held(world, key, person) and opens(world, key.on, node)
    ]


def oracle(world: World, person: int, node: tuple[str, int]) -> Role:
    if PEOPLE[person] in ("owner", "admin"):
        return Role.MANAGE
    return max((key.role for key in ways(world, person, node)), default=Role.NONE)


def is_held(world: World, key: Given, person: int) -> bool:
    kind, number = key.principal
    return number == person if kind == "person" else person in world.teams[number]


def opens(world: World, lock: tuple[str, int], node: tuple[str, int]) -> bool:
    here: tuple[str, int] | None = node
    while here is not None:
        if here == lock:
            return True
        found = facts(world, here)
        if found.restricted:
            return False
        here = None if found.parent is None else ("folder", found.parent)
    return False


def facts(world: World, node: tuple[str, int]) -> Node:
    kind, number = node
    return world.folders[number] if kind == "folder" else world.documents[number]
