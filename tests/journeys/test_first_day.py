"""The first day, as people live it: with scripts and without."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from accounts.mail import newest_mails
from accounts.models import User
from tests.cast import PASSWORD, Acme, Rival
from tests.factories import pdf, unique
from tests.journeys.people import Street
from tests.services.patience import eventually
from tests.services.stack import Stack

LEASE = pdf("Lease of the east wing", size=400_000)


def test_somebody_new_confirms_the_address_and_belongs_nowhere(
    street: Street, stack: Stack, committed: None
) -> None:
    email = f"{unique('erin')}@erin.example"
    erin = street.person()
    erin.goto("/")
    erin.get_by_role("link", name="Create an account").click()
    erin.get_by_label("Email").fill(email)
    erin.get_by_label("Your name").fill("Erin")
    erin.get_by_label("Password").fill(PASSWORD)
    erin.get_by_role("button", name="Create account").click()
    expect(erin.get_by_role("heading", name="Look into your mail")).to_be_visible()

    erin.goto(address_mailed_to(stack, email))
    erin.get_by_role("button", name="Yes, confirm it").click()
    sign_in(erin, email)
    expect(erin.get_by_role("heading", level=1)).to_have_text("You belong to no organisation yet")
    erin.get_by_role("button", name="Sign out").click()
    expect(erin.get_by_role("button", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_document_goes_round(
    street: Street, acme: Acme, rival: Rival, tmp_path: Path, scripts: bool
) -> None:
    alice = street.person(scripts=scripts)
    alice.goto("/")
    sign_in(alice, address_of(acme.alice.user_id))
    expect(alice).to_have_url(re.compile(f"/o/{acme.slug}/files/$"))

    make_folder(alice, "Leases")
    upload = upload_with_scripts if scripts else upload_by_form
    upload(alice, lease_and_program(tmp_path))
    give_to_carol(alice)
    open_document(alice, "Lease.pdf")
    document = alice.url
    link = make_link(alice)

    stranger = street.person(scripts=scripts)
    stranger.goto(link)
    assert download(stranger, "Download") == LEASE
    assert stranger.context.cookies() == []
    alice.goto(f"{document}share/")
    expect(alice.get_by_text("1 download", exact=True)).to_be_visible()

    turn_off(alice)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This link was turned off")
    expect(stranger.get_by_text("Lease.pdf")).to_have_count(0)

    carol = street.person(acme.carol.user_id, scripts=scripts)
    carol.goto(document)
    assert download(carol, "Download") == LEASE

    alice.goto(f"/o/{rival.slug}/files/")
    expect(alice.get_by_role("heading", level=1)).to_have_text("There is nothing here")


def sign_in(person: Page, email: str) -> None:
    person.get_by_label("Email address").fill(email)
    person.get_by_label("Password").fill(PASSWORD)
    person.get_by_role("button", name="Sign in").click()


def make_folder(person: Page, name: str) -> None:
    person.get_by_role("link", name="New folder").click()
    person.get_by_label("Name", exact=True).fill(name)
    person.get_by_role("button", name="Create folder").click()
    expect(person.get_by_role("heading", level=1)).to_have_text(name)


def lease_and_program(folder: Path) -> list[Path]:
    lease, program = folder / "Lease.pdf", folder / "Setup.exe"
    lease.write_bytes(LEASE)
    program.write_bytes(b"MZ" + bytes(5_000))
    return [lease, program]


def upload_with_scripts(person: Page, files: list[Path]) -> None:
    with person.expect_file_chooser() as chooser:
        person.get_by_role("link", name="Upload", exact=True).click()
    chooser.value.set_files(files)
    tray = person.get_by_role("region", name="1 of 2 filed")
    expect(tray.get_by_role("listitem").filter(has_text="Lease.pdf")).to_contain_text("Filed")
    refused = tray.get_by_role("listitem").filter(has_text="Setup.exe")
    expect(refused).to_contain_text(".exe files aren't allowed here.")
    expect(person.get_by_role("row").filter(has_text="Lease.pdf")).to_be_visible()
    tray.get_by_role("button", name="Close the list of uploads").click()


def upload_by_form(person: Page, files: list[Path]) -> None:
    person.get_by_role("link", name="Upload", exact=True).click()
    person.get_by_label("Choose one file or several").set_input_files(files)
    person.get_by_role("button", name="Upload").click()
    refused = person.get_by_role("alert", name="Not accepted 1")
    expect(refused).to_contain_text(".exe files aren't allowed here.")
    filed = person.get_by_role("region", name="Filed 1")
    expect(filed.get_by_role("link", name="Lease.pdf")).to_be_visible()
    filed.get_by_role("link", name="Go to the folder").click()


def give_to_carol(person: Page) -> None:
    folder = person.url
    person.get_by_role("link", name="Share", exact=True).click()
    person.get_by_label("Carol", exact=True).check()
    person.get_by_label("They may").select_option("read")
    person.get_by_role("button", name="See what it changes").click()
    expect(person.get_by_role("heading", name="Give access to Leases?")).to_be_visible()
    person.get_by_role("button", name="Give access").click()
    entry = person.get_by_role("listitem").filter(has_text="Carol").first
    entry.get_by_text("Why?").click()
    expect(entry.locator(".reasons")).to_contain_text("Leases")
    person.goto(folder)


def open_document(person: Page, name: str) -> None:
    person.get_by_role("link", name=name).first.click()
    expect(person.get_by_role("heading", level=1)).to_have_text(name)


def make_link(person: Page) -> str:
    person.get_by_role("link", name="Share", exact=True).click()
    person.get_by_label("Label").fill("For Frank")
    person.get_by_role("button", name="Create link").click()
    expect(person.get_by_role("heading", name="The link is ready")).to_be_visible()
    return person.get_by_label("Address of the new link").input_value()


def turn_off(person: Page) -> None:
    row = person.get_by_role("listitem").filter(has_text="For Frank")
    row.get_by_text("Turn off").first.click()
    row.get_by_role("button", name="Turn off").click()
    expect(row).to_contain_text("Turned off")


def download(person: Page, words: str) -> bytes:
    with person.expect_download() as event:
        person.get_by_role("main").get_by_text(words, exact=True).click()
    assert event.value.suggested_filename == "Lease.pdf"
    return Path(event.value.path()).read_bytes()


def address_of(user_id: UUID) -> str:
    return User.objects.get(pk=user_id).email


def address_mailed_to(stack: Stack, email: str) -> str:
    def found() -> list[str]:
        bodies = [mail.body for mail in newest_mails(stack.mail) if mail.to == email]
        return re.findall(r"http://\S+/confirm-email/\S+", "".join(bodies))

    assert eventually(lambda: bool(found()))
    return found()[0]
