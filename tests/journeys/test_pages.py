"""Every page: well formed, within the screen, in reach of the keyboard, and true to its policy."""

import pytest
from playwright.sync_api import Page

from tests.journeys.eyes import flaws, look
from tests.journeys.keys import troubles
from tests.journeys.people import Street
from tests.journeys.places import PLACES
from tests.journeys.scene import Scene


@pytest.fixture(scope="module")
def walkers(town: Street, scene: Scene) -> dict[str, Page]:
    return {who: town.person(user) for who, user in scene.people.items()}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_sound(town: Street, walkers: dict[str, Page], scene: Scene, place: str) -> None:
    page = walkers[PLACES[place].who]
    look(page, "light", 1280)
    PLACES[place].visit(page, scene)
    found = {"wide": flaws(page), "keys": troubles(page)}
    look(page, "light", 320)
    found["narrow"] = flaws(page)
    found["heard"] = town.heard()
    assert not any(found.values()), found
