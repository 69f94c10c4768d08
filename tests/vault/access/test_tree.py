"""What is derived from the tree, its closure and the distance to a wall, is as counted."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.errors import Invalid, NotFound
from tenants.scoping import scope
from tests.cast import Acme
from tests.vault.access.world import in_the_database
from vault.access import NO_WALL
from vault.flows.folders import create_folder
from vault.flows.move import move_folder
from vault.flows.restrict import open_folder, restrict_folder
from vault.models import Folder, FolderClosure
from vault.names import DisplayName

steps = st.lists(
    st.tuples(
        st.sampled_from(["create", "create", "restrict", "open", "move"]),
        st.integers(0, 1000),
        st.integers(0, 1000),
    ),
    min_size=4,
    max_size=14,
)


def counted_lines(folders: dict[object, Folder]) -> set[tuple[object, object, int]]:
    lines = set()
    for folder in folders.values():
        above, distance = folder.pk, 0
        while above is not None:
            lines.add((above, folder.pk, distance))
            above, distance = folders[above].parent_id, distance + 1
    return lines


def counted_wall(folders: dict[object, Folder], folder: Folder) -> int:
    here, distance = folder.pk, 0
    while here is not None:
        if folders[here].restricted:
            return distance
        here, distance = folders[here].parent_id, distance + 1
    return NO_WALL


def check(acme: Acme, plan: list[tuple[str, int, int]]) -> None:
    with scope(acme.tenant_id), transaction.atomic():
        places = [acme.root.pk, acme.folder.pk]
        for number, (verb, pick, other) in enumerate(plan):
            place = places[pick % len(places)]
            if verb == "create":
                name = DisplayName(f"Folder {number}")
                places.append(create_folder(acme.alice, place, name=name).pk)
            elif verb == "move":
                with suppress(Invalid, NotFound):  # into itself; the root
                    move_folder(acme.alice, place, to=places[other % len(places)])
            elif verb == "restrict":
                restrict_folder(acme.alice, place)
            else:
                open_folder(acme.alice, place)
        folders: dict[object, Folder] = {folder.pk: folder for folder in Folder.objects.all()}
        lines = FolderClosure.objects.values_list("ancestor_id", "descendant_id", "distance")
        assert sorted(lines, key=repr) == sorted(counted_lines(folders), key=repr)
        for folder in folders.values():
            assert folder.wall_distance == counted_wall(folders, folder)
        for line in FolderClosure.objects.all():
            assert line.reaches == (line.distance <= folders[line.descendant_id].wall_distance)
        transaction.set_rollback(True)


@given(steps)
@settings(in_the_database, max_examples=20)
def test_the_closure_and_the_walls_are_as_counted(
    acme: Acme, plan: list[tuple[str, int, int]]
) -> None:
    check(acme, plan)


@pytest.mark.proof
@pytest.mark.timeout(600)
@given(
    st.lists(steps, min_size=3, max_size=4).map(
        lambda parts: [step for part in parts for step in part]
    )
)
@settings(in_the_database, max_examples=150)
def test_the_closure_and_the_walls_are_as_counted_after_long_sequences(
    acme: Acme, plan: list[tuple[str, int, int]]
) -> None:
    check(acme, plan)
