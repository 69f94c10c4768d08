"""Every page without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Street
from tests.journeys.places import PLACES, VARIANTS
from tests.journeys.scene import Scene


@pytest.fixture(scope="module")
def plain(town: Street, scene: Scene) -> dict[str, Page]:
    return {who: town.person(user, scripts=False) for who, user in scene.people.items()}


def every_day(place: str) -> Any:
    return pytest.param(place, marks=[pytest.mark.proof] if place in VARIANTS else [])


@pytest.mark.parametrize("place", [every_day(place) for place in PLACES])
def test_a_page_needs_no_script(
    town: Street, plain: dict[str, Page], scene: Scene, place: str
) -> None:
    page = plain[PLACES[place].who]
    PLACES[place].visit(page, scene)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_be_visible()
    assert town.heard() == []
