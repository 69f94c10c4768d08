"""Menus, questions and reasons: opened, each is without barrier and within the screen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.eyes import barriers, flaws, look
from tests.journeys.people import Street
from tests.journeys.places import PLACES
from tests.journeys.scene import Scene

WITH_MENUS = ["folder", "links", "access to a document", "access to a restricted folder"]


@pytest.fixture(scope="module")
def alice(town: Street, scene: Scene) -> Page:
    return town.person(scene.people["alice"], bypass_csp=True)


@pytest.mark.parametrize("place", WITH_MENUS)
def test_what_opens_has_no_barrier(alice: Page, scene: Scene, place: str) -> None:
    PLACES[place].visit(alice, scene)
    for scheme, width in (("light", 1280), ("dark", 320)):
        look(alice, scheme, width)
        for summary in one_of_each(alice):
            summary.click()
            found = [*barriers(alice, part="details[open]"), *sticking_out(alice)]
            assert not found, f"{summary.inner_text()} at {width}: {found}"
            summary.click()


def test_a_menu_closes_by_key_and_by_a_click_beside_it(alice: Page, scene: Scene) -> None:
    look(alice, "light", 1280)
    PLACES["folder"].visit(alice, scene)
    summary = alice.locator("summary").filter(has_text="Your account")
    menu = alice.locator("details.account .menu-list")
    summary.press("Enter")
    expect(menu).to_be_visible()
    alice.keyboard.press("Tab")
    alice.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    expect(menu).to_be_visible()
    alice.get_by_role("heading", level=1).click()
    expect(menu).to_be_hidden()


def one_of_each(page: Page) -> list[Locator]:
    """Of many alike, as in the rows of a list, the first."""
    kinds: dict[str, Locator] = {}
    for summary in page.locator("summary:visible").all():
        kind = summary.evaluate("(it) => it.parentElement.className + it.className")
        kinds.setdefault(kind, summary)
    return list(kinds.values())


def sticking_out(page: Page) -> list[str]:
    return [flaw for flaw in flaws(page) if ".." in flaw or " px wide" in flaw]
