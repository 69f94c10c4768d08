"""The second day: things get other names and places, are replaced, lost and found."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from accounts.flows.end_sessions import end_sessions
from accounts.models import User
from tests.cast import PASSWORD, Acme
from tests.factories import pdf
from tests.journeys.people import Street

NEWER = pdf("The contract, as agreed", size=3_000_000)
DROP = """(zone, [name, words]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([words], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true }));
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_document_is_renamed_replaced_moved_thrown_away_and_found(
    street: Street, acme: Acme, scripts: bool
) -> None:
    bob = street.person(acme.bob.user_id, scripts=scripts)
    bob.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")
    rename(bob, "contract.pdf", "Contract 2027.pdf")
    replace(bob)
    make_folder_and_move_into(bob, acme, "Signed")

    bob.goto(f"/o/{acme.slug}/search/?q=2027")
    expect(row(bob, "Contract 2027.pdf")).to_contain_text("Signed")
    act(bob, "Contract 2027.pdf", "Move to trash")
    bob.goto(f"/o/{acme.slug}/search/?q=2027")
    expect(bob.get_by_text("Nothing found")).to_be_visible()

    bob.goto(f"/o/{acme.slug}/trash/")
    bob.get_by_role("button", name="Restore Contract 2027.pdf").click()
    bob.goto(f"/o/{acme.slug}/search/?q=2027")
    bob.get_by_role("link", name="Contract 2027.pdf").first.click()
    with bob.expect_download() as event:
        bob.get_by_role("main").get_by_text("Download", exact=True).click()
    assert Path(event.value.path()).read_bytes() == NEWER


def test_a_file_that_is_dropped_on_the_page_is_filed_there(street: Street, acme: Acme) -> None:
    bob = street.person(acme.bob.user_id)
    bob.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")
    bob.locator("main").evaluate(DROP, ["Note.txt", "Rent is due."])
    tray = bob.get_by_role("region", name="1 of 1 filed")
    expect(tray.get_by_role("listitem")).to_contain_text("Filed")
    expect(row(bob, "Note.txt")).to_be_visible()


def test_what_was_typed_outlives_the_session(street: Street, acme: Acme) -> None:
    bob = street.person(acme.bob.user_id)
    bob.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/new-folder/")
    bob.get_by_label("Name", exact=True).fill("Half an hour of thought")
    end_sessions(acme.bob.user_id)
    bob.get_by_role("button", name="Create folder").click()

    bob.get_by_label("Email address").fill(User.objects.get(pk=acme.bob.user_id).email)
    bob.get_by_label("Password").fill(PASSWORD)
    bob.get_by_role("button", name="Sign in").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Not sent yet")
    expect(bob.get_by_text("Half an hour of thought")).to_be_visible()
    bob.get_by_role("button", name="Send it now").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Half an hour of thought")


def rename(person: Page, before: str, after: str) -> None:
    act(person, before, "Rename")
    person.get_by_label("Name", exact=True).fill(after)
    person.get_by_role("button", name="Rename").click()
    expect(person.get_by_role("heading", level=1)).to_have_text(after)


def replace(person: Page) -> None:
    person.get_by_role("link", name="Versions").click()
    file = FilePayload(name="agreed.pdf", mimeType="application/pdf", buffer=NEWER)
    person.get_by_label("File").set_input_files(file)
    person.get_by_role("button", name="File as new version").click()
    expect(person.get_by_text("Version 2")).to_be_visible()
    expect(person.get_by_role("button", name="Restore version 1")).to_be_visible()


def make_folder_and_move_into(person: Page, acme: Acme, name: str) -> None:
    person.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/new-folder/")
    person.get_by_label("Name", exact=True).fill(name)
    person.get_by_role("button", name="Create folder").click()
    person.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")
    act(person, "Contract 2027.pdf", "Move")
    person.get_by_role("link", name=name).click()
    person.get_by_role("button", name="Move here").click()
    expect(row(person, "Contract 2027.pdf")).to_be_visible()


def act(person: Page, name: str, words: str) -> None:
    """Out of the menu of a row; without scripts it is on the page that the row leads to."""
    here: Locator = row(person, name)
    menu = here.locator("summary").or_(here.get_by_role("link", name=f"Actions for {name}"))
    menu.click()
    if not here.locator("summary").count():
        here = person.locator(".toolbar")
        here.get_by_title("Actions").click()
    item = here.get_by_role("link", name=words, exact=True)
    item.or_(here.get_by_role("button", name=words, exact=True)).click()


def row(person: Page, name: str) -> Locator:
    return person.get_by_role("row").filter(has_text=name)
