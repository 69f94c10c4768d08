"""Alice sees acme as somebody else does: the banner is everywhere, and one key ends it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.flows.personalise import personalise
from accounts.models import User
from tests.cast import Acme
from tests.journeys.eyes import barriers, flaws, look
from tests.journeys.keys import troubles
from tests.journeys.people import Street
from tests.journeys.scene import Scene

LOOKS = (("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320))
PAGES = {
    "folder": "/o/{org}/files/{folder}/",
    "document": "/o/{org}/d/{document}/",
    "versions": "/o/{org}/d/{document}/versions/",
    "search": "/o/{org}/search/?q=e",
    "shared": "/o/{org}/shared/",
    "nothing there": "/o/{org}/files/{none}/",
    "not shown": "/o/{org}/news/",
}


def banner(page: Page) -> Locator:
    return page.locator("body > [data-viewing]")


def begin(page: Page, org: str, whom: str) -> None:
    page.goto(f"/o/{org}/view-as/")
    page.locator("select").select_option(label=whom)
    page.locator("main [type=submit]").click()
    expect(banner(page)).to_contain_text(whom.partition(" (")[0])


def end(page: Page) -> None:
    banner(page).get_by_role("button").click()
    expect(banner(page)).to_have_count(0)


@pytest.fixture(scope="module", params=["en-GB", "ar"], ids=["from the left", "from the right"])
def viewer(town: Street, scene: Scene, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Alice, who views as Carol."""
    page = town.person(scene.people["alice"], locale=request.param)
    page.goto(f"/o/{scene.slots['org']}/view-as/")
    page.locator("select").select_option(value=f"user:{scene.people['carol']}")
    page.locator("main [type=submit]").click()
    yield page
    end(page)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_has_the_banner_and_is_for_everybody(
    town: Street, viewer: Page, scene: Scene, path: str
) -> None:
    viewer.goto("about:blank")
    town.heard()
    look(viewer, "light", 1280)
    viewer.goto(path.format(**scene.slots))
    expect(banner(viewer)).to_be_in_viewport()
    found: dict[object, list[str]] = {"by keyboard": troubles(viewer), "heard": town.heard()}
    for scheme, width in LOOKS:
        look(viewer, scheme, width)
        found[scheme, width] = [*flaws(viewer), *barriers(viewer)]
    assert not any(found.values()), {way: flaw for way, flaw in found.items() if flaw}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_begins_beside_the_reason_and_ends_by_the_button(
    street: Street, acme: Acme, scripts: bool
) -> None:
    alice = street.person(acme.alice.user_id, scripts=scripts)
    alice.goto(f"/o/{acme.slug}/d/{acme.contract.pk}/access/")
    carol = alice.get_by_role("listitem").filter(has_text="Carol").first
    carol.locator("summary").first.click()
    carol.get_by_role("link", name="View as Carol").click()
    expect(alice.get_by_label("Member or team")).to_have_value(f"user:{acme.carol.user_id}")
    alice.get_by_role("button", name="Begin viewing").click()
    expect(banner(alice)).to_contain_text("You see Acme Ltd as Carol (Member) does.")
    expect(alice.get_by_role("heading", level=1)).to_have_text("contract.pdf")
    expect(alice.get_by_text("Carol: Can download.")).to_be_visible()
    expect(alice.get_by_role("navigation", name="Main").get_by_role("link")).to_have_text(
        ["Documents", "Your folder", "All documents", "Shared with you", "Search"]
    )
    end(alice)
    expect(alice.get_by_role("heading", level=1)).to_have_text("contract.pdf")
    expect(alice.get_by_role("link", name="Share", exact=True)).to_be_visible()


def test_one_key_ends_it(street: Street, acme: Acme) -> None:
    alice = street.person(acme.alice.user_id)
    begin(alice, acme.slug, "Bob (Member)")
    expect(banner(alice).get_by_role("button")).to_have_text("End viewing x")
    alice.goto(f"/o/{acme.slug}/search/")
    alice.get_by_label("Name").press("x")
    expect(alice.get_by_label("Name")).to_have_value("x")
    expect(banner(alice)).to_be_visible()
    alice.goto(f"/o/{acme.slug}/files/")
    alice.keyboard.press("?")
    expect(alice.get_by_role("dialog")).to_contain_text("End viewing as somebody else")
    alice.keyboard.press("Escape")
    alice.keyboard.press("x")
    expect(banner(alice)).to_have_count(0)
    expect(alice.get_by_role("link", name="New folder")).to_be_visible()
    alice.keyboard.press("?")
    expect(alice.get_by_role("dialog")).not_to_contain_text("End viewing as somebody else")


def test_a_dialog_says_it_too_and_the_key_ends_it_from_there(street: Street, acme: Acme) -> None:
    alice = street.person(acme.alice.user_id)
    begin(alice, acme.slug, "Carol (Member)")
    alice.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")
    alice.locator('tr[data-name="contract.pdf"]').focus()
    alice.keyboard.press("p")
    opened = alice.get_by_role("dialog", name="contract.pdf")
    expect(opened.locator("[data-viewing]")).to_contain_text("as Carol")
    expect(opened.get_by_role("button", name="Close")).to_be_focused()
    alice.keyboard.press("x")
    expect(alice.locator("[data-viewing]")).to_have_count(0)


def test_who_wants_no_keys_of_one_letter_ends_it_by_the_button_alone(
    street: Street, acme: Acme
) -> None:
    personalise(User.objects.get(pk=acme.alice.user_id), {"shortcuts": False})
    alice = street.person(acme.alice.user_id)
    begin(alice, acme.slug, "Carol (Member)")
    expect(banner(alice).get_by_role("button")).to_have_accessible_name("End viewing")
    alice.keyboard.press("x")
    alice.reload()
    expect(banner(alice)).to_be_visible()
    end(alice)


def test_a_list_without_a_selection_still_goes_by_keyboard(street: Street, acme: Acme) -> None:
    alice = street.person(acme.alice.user_id)
    begin(alice, acme.slug, "Bob (Member)")
    alice.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")
    row = alice.locator('tr[data-name="contract.pdf"]')
    row.focus()
    for key in ("Space", "Delete", "F2", "Escape"):
        alice.keyboard.press(key)
    expect(row).to_be_focused()
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("heading", level=1)).to_have_text("contract.pdf")
    expect(banner(alice)).to_be_visible()
