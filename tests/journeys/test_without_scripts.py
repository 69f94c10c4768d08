"""Every page without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import Street
from tests.journeys.places import PLACES
from tests.journeys.scene import Scene


@pytest.fixture(scope="module")
def plain(town: Street, scene: Scene) -> dict[str, Page]:
    return {who: town.person(user, scripts=False) for who, user in scene.people.items()}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_needs_no_script(
    town: Street, plain: dict[str, Page], scene: Scene, place: str
) -> None:
    page = plain[PLACES[place].who]
    PLACES[place].visit(page, scene)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_be_visible()
    assert town.heard() == []
