"""Every act that can be recorded is, somewhere; and ARCHITECTURE.md lists those of the trail."""

import ast
import re
from enum import StrEnum
from importlib import import_module
from typing import Final

import pytest

from tests.house.sources import modules, section, tree

OF_THE_TRAIL: Final = ("tenants", "vault", "sharing")
ALL: Final = (*OF_THE_TRAIL, "accounts")


def events(app: str) -> type[StrEnum]:
    found: type[StrEnum] = import_module(f"{app}.events").Event
    return found


def emitted(app: str) -> set[str]:
    """The names of the app's events that its modules use, beside their definition."""
    return {
        node.attr
        for path in modules(app)
        if path.name != "events.py" and "migrations" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Event"
    }


@pytest.mark.parametrize("app", ALL)
def test_every_event_is_emitted_somewhere(app: str) -> None:
    assert {event.name for event in events(app)} - emitted(app) == set()


@pytest.mark.parametrize("app", ALL)
def test_an_event_says_source_subject_and_verb(app: str) -> None:
    for event in events(app):
        assert re.fullmatch(rf"{app}:[a-z]+:[a-z-]+", event.value), event


def test_no_two_events_are_the_same() -> None:
    values = [event.value for app in ALL for event in events(app)]
    assert len(values) == len(set(values))


def test_the_actions_of_the_trail_are_documented() -> None:
    listed = re.findall(r"`([a-z:-]+)`", section("ARCHITECTURE.md", "Actions in the trail"))
    assert sorted(listed) == sorted(e.value for app in OF_THE_TRAIL for e in events(app))
