"""Every page, in both themes, wide and narrow: axe has nothing to complain of."""

import pytest
from playwright.sync_api import Page

from tests.journeys.eyes import barriers, look
from tests.journeys.people import Street
from tests.journeys.places import PLACES
from tests.journeys.scene import Scene

type Ways = list[tuple[str, int]]
DAILY: Ways = [("light", 1280), ("dark", 320)]
ALL: Ways = [("light", 320), ("light", 768), ("dark", 768), ("dark", 1280)]


@pytest.fixture(scope="module")
def readers(town: Street, scene: Scene) -> dict[str, Page]:
    """One browser for each person. axe tries out styles, so here the policy is not enforced."""
    return {who: town.person(user, bypass_csp=True) for who, user in scene.people.items()}


@pytest.mark.parametrize("ways", [DAILY, pytest.param(ALL, marks=pytest.mark.proof)])
@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_barrier(
    readers: dict[str, Page], scene: Scene, place: str, ways: Ways
) -> None:
    page = readers[PLACES[place].who]
    PLACES[place].visit(page, scene)
    found = {}
    for scheme, width in ways:
        look(page, scheme, width)
        found[scheme, width] = barriers(page)
    assert not any(found.values()), found
