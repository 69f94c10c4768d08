"""The first week of an accountant: forty files at once, put in order, shared, lost and found."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from tests.cast import PASSWORD, Acme
from tests.factories import pdf
from tests.journeys.people import Street

SUPPLIERS = ("Northwind Paper", "Tidewick Energy", "Quillstack Hosting", "Fernhollow Coffee")
INVOICES = [f"2026-{n // 4 + 1:02} {SUPPLIERS[n % 4]} {n + 1:04}.pdf" for n in range(40)]
DROP = """(zone, files) => {
  const carried = new DataTransfer();
  for (const [name, words] of files) carried.items.add(new File([words], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true }));
}"""


@pytest.mark.timeout(300)
def test_forty_invoices_are_dropped_ordered_found_shared_and_got_back(
    street: Street, acme: Acme
) -> None:
    bob = street.person()
    sign_in(bob, acme)
    bob.get_by_role("row", name="Invoices").press("Enter")
    expect(bob.get_by_role("heading", level=1)).to_have_text("Invoices")

    drop_forty_and_a_program(bob)
    rename(bob, INVOICES[0], "2026-01 Northwind Paper, corrected.pdf")
    move_into_a_new_folder(bob, acme, INVOICES[1], "Disputed")
    find(bob, "tidewick 2026-01", INVOICES[1], where="Disputed")
    share_with_carol(bob, acme, "2026-01 Northwind Paper, corrected.pdf")
    carol_is_told(street, acme, "2026-01 Northwind Paper, corrected.pdf")
    throw_two_away_and_undo(bob, acme, INVOICES[2:4])
    throw_two_away_and_restore(bob, acme, INVOICES[2:4])


def sign_in(person: Page, acme: Acme) -> None:
    person.goto("/")
    email = User.objects.get(pk=acme.bob.user_id).email
    person.get_by_label("Email address").fill(email)
    person.get_by_label("Password").fill(PASSWORD)
    person.get_by_role("button", name="Sign in").click()
    expect(person).to_have_url(re.compile(f"/o/{acme.slug}/files/$"))


def drop_forty_and_a_program(person: Page) -> None:
    """Each is filed, but for the one that is refused, by name and with the reason."""
    files = [[name, pdf(name).decode("latin-1")] for name in INVOICES]
    person.locator("main").evaluate(DROP, [*files, ["Setup.exe", "MZ and so on"]])
    tray = person.get_by_role("region", name="40 of 41 filed")
    expect(tray).to_be_visible(timeout=120_000)
    refused = tray.get_by_role("listitem").filter(has_text="Setup.exe")
    expect(refused).to_contain_text(".exe files aren't allowed here.")
    expect(person.get_by_text("41 documents")).to_be_visible()
    for name in INVOICES:
        expect(row(person, name)).to_be_visible()
    tray.get_by_role("button", name="Close the list of uploads").click()


def rename(person: Page, before: str, after: str) -> None:
    row(person, before).focus()
    person.keyboard.press("F2")
    dialog = person.get_by_role("dialog", name=f"Rename {before}")
    dialog.get_by_label("Name", exact=True).fill(after)
    dialog.get_by_role("button", name="Rename").click()
    expect(person.get_by_role("heading", level=1)).to_have_text(after)
    person.get_by_role("navigation", name="Path").get_by_role("link", name="Invoices").click()


def move_into_a_new_folder(person: Page, acme: Acme, name: str, folder: str) -> None:
    person.get_by_role("link", name="New folder").click()
    dialog = person.get_by_role("dialog", name="New folder")
    dialog.get_by_label("Name", exact=True).fill(folder)
    dialog.get_by_role("button", name="Create folder").click()
    expect(person.get_by_role("heading", level=1)).to_have_text(folder)
    open_invoices(person, acme)
    menu(person, name, "Move")
    person.get_by_role("link", name=folder).click()
    person.get_by_role("button", name="Move here").click()
    expect(row(person, name)).to_be_visible()
    open_invoices(person, acme)
    expect(row(person, name)).to_have_count(0)


def find(person: Page, words: str, name: str, *, where: str) -> None:
    """As they type, and kept in the address."""
    person.keyboard.press("/")
    expect(person.get_by_role("heading", level=1)).to_have_text("Search")
    person.get_by_label("Name").press_sequentially(words)
    found = person.locator("#results tbody tr")
    expect(found).to_have_count(1)
    expect(found).to_contain_text(where)
    expect(found.get_by_role("link", name=name).first).to_be_visible()
    expect(person).to_have_url(re.compile(r"q=tidewick\+2026-01"))
    person.reload()
    expect(found).to_have_count(1)


def share_with_carol(person: Page, acme: Acme, name: str) -> None:
    """An editor may make links; a key is an admin's to give."""
    open_invoices(person, acme)
    menu(person, name, "Share")
    dialog = person.get_by_role("dialog", name=f"Share {name}")
    dialog.get_by_label("Label").fill("For the auditor")
    dialog.get_by_role("button", name="Create link").click()
    expect(dialog.get_by_role("heading", name="The link is ready")).to_be_focused()
    assert "/s/" in dialog.get_by_label("Address of the new link").input_value()
    person.keyboard.press("Escape")
    expect(row(person, name)).to_contain_text("Open link")


def carol_is_told(street: Street, acme: Acme, name: str) -> None:
    alice = street.person(acme.alice.user_id)
    open_invoices(alice, acme)
    menu(alice, name, "Share")
    dialog = alice.get_by_role("dialog", name=f"Share {name}")
    dialog.get_by_label("Carol", exact=True).check()
    dialog.get_by_label("They may").select_option("edit")
    dialog.get_by_role("button", name="See what it changes").click()
    dialog = alice.get_by_role("dialog", name=f"Give access to {name}?")
    expect(dialog.get_by_role("listitem").filter(has_text="More with 1 document")).to_be_visible()
    dialog.get_by_role("button", name="Give access").click()
    dialog = alice.get_by_role("dialog", name=f"Share {name}")
    entry = dialog.get_by_role("listitem").filter(has_text="Carol").first
    expect(entry).to_contain_text("Can edit")
    expect(entry).to_contain_text("Given here")

    carol = street.person(acme.carol.user_id)
    carol.goto(f"/o/{acme.slug}/shared/")
    expect(row(carol, name)).to_contain_text("Can edit")
    carol.get_by_role("link", name="Notifications").click()
    expect(carol.get_by_role("link", name=f"Alice gave you access to “{name}”")).to_be_visible()


def throw_two_away_and_undo(person: Page, acme: Acme, names: list[str]) -> None:
    """By keyboard alone; the message has the way back."""
    open_invoices(person, acme)
    throw_away(person, names)
    person.get_by_role("button", name="Undo").press("Enter")
    for name in names:
        expect(row(person, name)).to_be_visible()


def throw_two_away_and_restore(person: Page, acme: Acme, names: list[str]) -> None:
    throw_away(person, names)
    person.goto(f"/o/{acme.slug}/trash/")
    act = person.get_by_role("listitem").filter(has_text=f"{min(names)} and 1 more")
    expect(act).to_contain_text("in 4 weeks")
    act.get_by_role("button", name="Restore").click()
    open_invoices(person, acme)
    for name in names:
        expect(row(person, name)).to_be_visible()


def throw_away(person: Page, names: list[str]) -> None:
    for name in names:
        row(person, name).focus()
        person.keyboard.press("Space")
    expect(person.get_by_text("2 selected")).to_be_visible()
    person.keyboard.press("Delete")
    expect(person.get_by_role("status").filter(has_text="is in the trash")).to_be_visible()
    for name in names:
        expect(row(person, name)).to_have_count(0)


def open_invoices(person: Page, acme: Acme) -> None:
    person.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")


def menu(person: Page, name: str, words: str) -> None:
    """Something out of the menu of a row, by the key for it."""
    row(person, name).focus()
    person.keyboard.press("Shift+F10")
    row(person, name).get_by_role("link", name=words, exact=True).press("Enter")


def row(person: Page, name: str) -> Locator:
    return person.locator(f'tr[data-name="{name}"]')
