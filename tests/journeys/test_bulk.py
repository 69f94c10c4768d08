"""Many at once in a browser: with a keyboard alone, without scripts, and what came of it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tenants.scoping import scope
from tests.cast import Acme
from tests.journeys.people import Street
from tests.vault.many import make, papers

MANY = 60  # more than a page shows


@pytest.fixture
def crowded(acme: Acme) -> Acme:
    with scope(acme.tenant_id):
        papers(acme, MANY)
        make(acme, "Archive")
    return acme


def bar(page: Page) -> Locator:
    return page.locator("#selection")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_all_that_a_search_finds_moves(street: Street, crowded: Acme, scripts: bool) -> None:
    bob = street.person(crowded.bob.user_id, scripts=scripts)
    bob.goto(f"/o/{crowded.slug}/search/?q=paper")
    bob.get_by_label("Select all 60 matching").check()
    bar(bob).get_by_role("button", name="Move", exact=True).click()
    expect(bob.get_by_role("heading", name="Move 60 items")).to_be_visible()
    bob.get_by_role("link", name="Archive").click()
    expect(bob.get_by_text("There are no folders in here.")).to_be_visible()
    bob.get_by_role("button", name="Move here").click()
    bob.get_by_role("link", name="Progress").click()
    heading = bob.get_by_role("heading", level=1)
    expect(heading).to_have_text("Move 60 items to “Archive”")
    expect(bob.get_by_text("All 60 done").first).to_be_visible()
    bob.get_by_role("link", name="Open the folder").click()
    expect(heading).to_have_text("Archive")
    expect(bob.get_by_label("Select all 60 matching")).to_be_visible()


def test_a_keyboard_selects_a_page_then_all_and_throws_it_away(
    street: Street, crowded: Acme
) -> None:
    bob = street.person(crowded.bob.user_id)
    bob.goto(f"/o/{crowded.slug}/files/{crowded.folder.pk}/")
    bob.get_by_role("row").filter(has_text="contract.pdf").focus()
    bob.keyboard.press("Control+a")
    expect(bar(bob)).to_contain_text("50 selected")
    offer = bar(bob).get_by_role("button", name="Select all 62 matching")
    offer.focus()
    bob.keyboard.press("Enter")
    expect(bar(bob)).to_contain_text("62 selected")
    expect(offer).to_be_hidden()
    expect(bar(bob).get_by_role("button", name="Move", exact=True)).to_be_focused()
    row = bob.get_by_role("row").filter(has_text="contract.pdf")
    row.focus()
    bob.keyboard.press("Space")
    expect(bar(bob)).to_contain_text("49 selected")
    bob.keyboard.press("Control+a")
    offer.click()
    row.focus()
    bob.keyboard.press("Delete")
    expect(bob.get_by_role("link", name="Progress")).to_be_visible(timeout=30_000)
    expect(bob.get_by_text("Nothing here yet")).to_be_visible()
    bob.goto(f"/o/{crowded.slug}/trash/")
    bob.get_by_role("button", name="Restore Archive and 61 more").click()
    expect(bob.get_by_role("row").filter(has_text="contract.pdf")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_was_refused_is_told_by_name(street: Street, crowded: Acme, scripts: bool) -> None:
    with scope(crowded.tenant_id):
        target = make(crowded, "Full")
        papers(crowded, 1, target)
    bob = street.person(crowded.bob.user_id, scripts=scripts)
    bob.goto(f"/o/{crowded.slug}/files/{crowded.folder.pk}/")
    for name in ("Paper 0000.pdf", "Paper 0001.pdf"):
        bob.get_by_label(f"Select {name}").check()
    bar(bob).get_by_role("button", name="Move", exact=True).click()
    place = bob.get_by_role("dialog" if scripts else "main")
    place.get_by_role("link", name="Documents").click()
    place.get_by_role("link", name="Invoices").click()
    place.get_by_role("link", name="Full").click()
    expect(place.get_by_text("There are no folders in here.")).to_be_visible()
    place.get_by_role("button", name="Move here").click()
    expect(bob.get_by_text("1 done, 1 not").first).to_be_visible()
    failure = bob.get_by_role("listitem").filter(has_text="The name is taken")
    expect(failure.get_by_role("link")).to_have_text("Paper 0000.pdf")


def test_a_key_for_several_is_given_in_a_dialog(street: Street, crowded: Acme) -> None:
    alice = street.person(crowded.alice.user_id)
    here = f"/o/{crowded.slug}/files/{crowded.folder.pk}/"
    alice.goto(here)
    for name in ("Archive", "contract.pdf"):
        alice.get_by_label(f"Select {name}").check()
    bar(alice).get_by_role("button", name="Give access").click()
    dialog = alice.get_by_role("dialog", name="Give access to 2 items")
    dialog.get_by_label("Dan", exact=True).check()
    dialog.get_by_role("button", name="See what it changes").click()
    expect(dialog.get_by_role("heading", name="What this changes")).to_be_visible()
    dialog.get_by_role("button", name="Give access").click()
    expect(alice.get_by_text("Done: Give access to 2 items")).to_be_visible()
    assert alice.url.endswith(here)


def test_an_editor_is_not_offered_to_share(street: Street, crowded: Acme) -> None:
    bob = street.person(crowded.bob.user_id)
    bob.goto(f"/o/{crowded.slug}/files/{crowded.folder.pk}/")
    expect(bar(bob)).to_be_hidden()
    bob.get_by_label("Select contract.pdf").check()
    expect(bar(bob).get_by_role("button", name="Move to trash")).to_be_visible()
    expect(bar(bob).get_by_role("button", name="Give access")).to_be_hidden()
