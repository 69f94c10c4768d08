"""Every page, in both themes, wide and narrow: axe has nothing to complain of."""

import pytest
from playwright.sync_api import Page

from tests.journeys.eyes import BY_LOOKS, barriers, look
from tests.journeys.people import Street
from tests.journeys.places import PLACES
from tests.journeys.scene import Scene

OTHERS = [("light", 320), ("light", 768), ("dark", 320), ("dark", 768), ("dark", 1280)]


@pytest.fixture(scope="module")
def readers(town: Street, scene: Scene) -> dict[str, Page]:
    """One browser for each person. axe tries out styles, so here the policy is not enforced."""
    return {who: town.person(user, bypass_csp=True) for who, user in scene.people.items()}


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_barrier(readers: dict[str, Page], scene: Scene, place: str) -> None:
    page = readers[PLACES[place].who]
    PLACES[place].visit(page, scene)
    look(page, "light", 1280)
    found = barriers(page)
    look(page, "dark", 320)
    found += barriers(page, BY_LOOKS)
    assert not found


@pytest.mark.proof
@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_barrier_in_any_look(
    readers: dict[str, Page], scene: Scene, place: str
) -> None:
    page = readers[PLACES[place].who]
    PLACES[place].visit(page, scene)
    found = {}
    for scheme, width in OTHERS:
        look(page, scheme, width)
        found[scheme, width] = barriers(page)
    assert not any(found.values()), found
