"""Every page is for everybody, in both themes, wide and narrow; and true to its own policy."""

import pytest
from playwright.sync_api import Page

from tests.journeys.eyes import BY_LOOKS, barriers, flaws, look
from tests.journeys.keys import troubles
from tests.journeys.people import Street
from tests.journeys.places import PLACES, VARIANTS
from tests.journeys.scene import Scene

# As they are when one comes: what is filled in and pressed has its name in English.
EVERY_PAGE = [name for name, place in PLACES.items() if name not in VARIANTS and not place.press]
LOOKS = [("light", 320), ("light", 768), ("dark", 320), ("dark", 768), ("dark", 1280)]


@pytest.fixture(scope="module")
def walkers(town: Street, scene: Scene) -> dict[str, Page]:
    """One browser for each person, who walks from page to page."""
    return {who: town.person(user) for who, user in scene.people.items()}


@pytest.fixture(scope="module")
def readers(town: Street, scene: Scene) -> dict[str, Page]:
    """The same people, whose browsers ask for Arabic."""
    return {who: town.person(user, locale="ar") for who, user in scene.people.items()}


@pytest.fixture
def page(town: Street, walkers: dict[str, Page], scene: Scene, place: str) -> Page:
    """Of the one who comes to this place, and nothing heard yet of the way there."""
    page = walkers[PLACES[place].who]
    page.goto("about:blank")
    town.heard()
    look(page, "light", 1280)
    PLACES[place].visit(page, scene)
    return page


@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_for_everybody(town: Street, page: Page, place: str) -> None:
    found = {"wide": flaws(page), "by keyboard": [] if place in VARIANTS else troubles(page)}
    look(page, "dark", 320)
    found["narrow"] = flaws(page)
    found["heard"] = town.heard()
    found["barriers in the dark"] = barriers(page, BY_LOOKS)
    look(page, "light", 1280)
    found["barriers"] = [] if place in VARIANTS else barriers(page)
    assert not any(found.values()), {what: flaw for what, flaw in found.items() if flaw}


@pytest.mark.parametrize("place", EVERY_PAGE)
def test_a_page_reads_from_the_right_too(
    town: Street, readers: dict[str, Page], scene: Scene, place: str
) -> None:
    page = readers[PLACES[place].who]
    page.goto("about:blank")
    town.heard()
    look(page, "dark", 320)
    PLACES[place].visit(page, scene)
    assert page.evaluate("() => document.documentElement.dir") == "rtl"
    assert (town.heard(), flaws(page)) == ([], [])


@pytest.mark.proof
@pytest.mark.parametrize("place", PLACES)
def test_a_page_reads_from_the_right_in_any_look(
    walkers: dict[str, Page], readers: dict[str, Page], scene: Scene, place: str
) -> None:
    """What was filled in and pressed is turned around as it is, in English."""
    page = (readers if place in EVERY_PAGE else walkers)[PLACES[place].who]
    page.goto("about:blank")
    PLACES[place].visit(page, scene)
    page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    found: dict[object, list[str]] = {}
    for scheme, width in LOOKS:
        look(page, scheme, width)
        found[scheme, width] = [*flaws(page), *barriers(page, BY_LOOKS)]
    assert not any(found.values()), {way: flaw for way, flaw in found.items() if flaw}


@pytest.mark.proof
@pytest.mark.parametrize("place", PLACES)
def test_a_page_is_for_everybody_in_any_look(page: Page, place: str) -> None:
    found: dict[object, list[str]] = {"by keyboard": troubles(page)}
    for scheme, width in LOOKS:
        look(page, scheme, width)
        found[scheme, width] = [*flaws(page), *barriers(page)]
    assert not any(found.values()), {way: flaw for way, flaw in found.items() if flaw}
