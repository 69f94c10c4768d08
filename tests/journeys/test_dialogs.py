"""What opens over a page: by keyboard, without barrier in any look, and back to where one was."""

from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.eyes import barriers, flaws, look
from tests.journeys.people import Street
from tests.journeys.places import PLACES
from tests.journeys.scene import Scene


@dataclass(frozen=True, slots=True)
class Dialog:
    """Where it opens, by the key or the link (a CSS selector), and its name."""

    place: str
    name: str
    key: str = ""
    link: str = ""


SHARE: Final = ".toolbar [data-dialog=stay]"
DIALOGS: Final = {
    "palette": Dialog("folder", "Go to, do, or find", key="Control+k"),
    "keys": Dialog("folder", "Keys", key="?"),
    "new folder": Dialog("folder", "New folder", link=".toolbar [data-dialog]:has-text('New')"),
    "share a folder": Dialog("folder", "Access to ", link=SHARE),
    "share a document": Dialog("document", "Share contract.pdf", link=SHARE),
    "describe": Dialog("document", "Describe contract.pdf", link=".facts [data-dialog]"),
}
SEES_ALL: Final = (("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320))


@pytest.fixture(scope="module")
def alice(town: Street, scene: Scene) -> Page:
    return town.person(scene.people["alice"])


@pytest.mark.parametrize("dialog", DIALOGS.values(), ids=DIALOGS)
def test_a_dialog_is_for_everybody(
    town: Street, alice: Page, scene: Scene, dialog: Dialog
) -> None:
    look(alice, "light", 1280)
    PLACES[dialog.place].visit(alice, scene)
    town.heard()
    if dialog.key:
        alice.keyboard.press(dialog.key)
    else:
        alice.locator(dialog.link).focus()
        alice.keyboard.press("Enter")
    opened = alice.get_by_role("dialog", name=dialog.name)
    expect(opened).to_be_visible()
    assert opened.evaluate("(it) => it.contains(document.activeElement)")
    assert town.heard() == []
    for scheme, width in SEES_ALL:
        look(alice, scheme, width)
        found = [*barriers(alice, part="dialog[open]"), *flaws(alice)]
        assert not found, f"{scheme} {width}: {found}"
    alice.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    if dialog.link:
        expect(alice.locator(dialog.link)).to_be_focused()


def test_tab_stays_inside_and_comes_around(alice: Page, scene: Scene) -> None:
    look(alice, "light", 1280)
    PLACES["document"].visit(alice, scene)
    alice.locator(SHARE).press("Enter")
    opened = alice.get_by_role("dialog", name="Share contract.pdf")
    expect(opened).to_be_visible()
    inside = "(it) => document.activeElement === document.body || it.matches(':focus-within')"
    for _ in range(30):
        alice.keyboard.press("Tab")
        assert opened.evaluate(inside)
    opened.get_by_role("button", name="Close").focus()
    alice.keyboard.press("Enter")
    expect(opened).to_have_count(0)


def test_a_dialog_out_of_a_rows_menu_leads_back_to_the_row(alice: Page, scene: Scene) -> None:
    look(alice, "light", 1280)
    PLACES["folder"].visit(alice, scene)
    row = alice.get_by_role("row", name="contract.pdf").first
    row.focus()
    alice.keyboard.press("F2")
    expect(alice.get_by_role("dialog", name="Rename contract.pdf")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_a_dialog_has_an_address_that_back_leaves_and_a_reload_keeps(
    alice: Page, scene: Scene
) -> None:
    look(alice, "light", 1280)
    PLACES["document"].visit(alice, scene)
    document = alice.url
    alice.locator(SHARE).click()
    opened = alice.get_by_role("dialog", name="Share contract.pdf")
    expect(opened).to_be_visible()
    assert alice.url == f"{document}share/"
    alice.go_back()
    expect(opened).to_have_count(0)
    assert alice.url == document

    alice.locator(SHARE).click()
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_have_count(0)
    alice.wait_for_url(document)

    alice.locator(SHARE).click()
    expect(opened).to_be_visible()
    alice.reload()
    expect(alice.get_by_role("heading", level=1)).to_have_text("Share contract.pdf")


def test_a_quick_look_shows_the_document_over_its_list(alice: Page, scene: Scene) -> None:
    look(alice, "light", 1280)
    PLACES["folder"].visit(alice, scene)
    row = alice.locator('tr[data-name="contract.pdf"]')
    row.focus()
    alice.keyboard.press("p")
    opened = alice.get_by_role("dialog", name="contract.pdf")
    expect(opened.locator("[data-drawn] canvas").first).to_be_in_viewport()
    expect(opened.get_by_text("What was agreed.")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_pressed_twice_it_opens_once_and_one_inside_is_a_page(alice: Page, scene: Scene) -> None:
    look(alice, "light", 1280)
    PLACES["folder"].visit(alice, scene)
    folder = alice.url
    alice.locator('tr[data-name="contract.pdf"]').focus()
    alice.keyboard.press("p")
    alice.keyboard.press("p")
    opened = alice.get_by_role("dialog")
    expect(opened).to_have_count(1)
    alice.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    alice.wait_for_url(folder)
    alice.keyboard.press("p")
    opened.locator("[data-dialog]").first.click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("Describe contract.pdf")


def test_what_was_changed_in_a_dialog_stands_on_the_page_beneath(
    alice: Page, scene: Scene
) -> None:
    look(alice, "light", 1280)
    PLACES["folder"].visit(alice, scene)
    folder = alice.url
    alice.locator('tr[data-name="Grundriss.png"]').focus()
    alice.keyboard.press("s")
    opened = alice.get_by_role("dialog", name="Share Grundriss.png")
    opened.get_by_role("button", name="Create link").click()
    expect(opened.get_by_role("heading", name="The link is ready")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(alice.locator('tr[data-name="Grundriss.png"]')).to_contain_text("Open link")
    assert alice.url == folder
