"""A document's page shows what the document looks like."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pages, pdf, png, put
from tests.journeys.people import Street
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document, revoke_grant
from vault.models import Document

INK = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, place) => place % 4 < 3 && value < 128);
}"""
SELECTED = """(element) => {
  getSelection().selectAllChildren(element);
  return getSelection().toString();
}"""


def show(person: Page, acme: Acme, document: Document) -> Page:
    person.goto(f"/o/{acme.slug}/d/{document.pk}/")
    return person


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_picture_is_seen(street: Street, acme: Acme, scripts: bool) -> None:
    plan = put(acme.alice, acme.folder.pk, "Grundriss.png", png(640, 480))
    carol = show(street.person(acme.carol.user_id, scripts=scripts), acme, plan)
    image = carol.get_by_role("img", name="Grundriss.png")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 640)


def test_the_beginning_of_a_text_is_read(street: Street, acme: Acme) -> None:
    words = "naïve <b>row</b>;1\n" + "x;2\n" * 20_000
    rows = put(acme.alice, acme.folder.pk, "Rows.csv", words.encode())
    carol = show(street.person(acme.carol.user_id), acme, rows)
    text = carol.get_by_role("region", name="Text of Rows.csv")
    expect(text).to_contain_text("naïve <b>row</b>;1")
    expect(carol.get_by_text("This is the beginning: 64.0\xa0KB of 78.1\xa0KB.")).to_be_visible()
    assert len(text.text_content() or "") == 64 * 1024 - 1


def test_a_short_text_is_read_whole_and_in_its_own_letters(street: Street, acme: Acme) -> None:
    old = put(acme.alice, acme.folder.pk, "Alt.txt", "Straße".encode("cp1252"))
    carol = show(street.person(acme.carol.user_id), acme, old)
    expect(carol.get_by_role("region", name="Text of Alt.txt")).to_have_text("Straße")
    expect(carol.get_by_text("This is the beginning")).to_be_hidden()


def test_the_pages_of_a_pdf_are_drawn_when_they_come_into_view(street: Street, acme: Acme) -> None:
    report = put(acme.alice, acme.folder.pk, "Report.pdf", pages(5))
    carol = show(street.person(acme.carol.user_id), acme, report)
    shown = carol.get_by_role("region", name="Pages of Report.pdf")
    first = shown.get_by_role("group", name="Page 1 of 5")
    expect(first).to_have_attribute("data-drawn", "")
    assert first.locator("canvas").evaluate(INK)
    assert first.evaluate(SELECTED).strip() == "This is page 1"
    last = shown.get_by_role("group", name="Page 5 of 5")
    assert last.get_attribute("data-drawn") is None
    last.scroll_into_view_if_needed()
    expect(last).to_contain_text("This is page 5")
    expect(first).not_to_have_attribute("data-drawn", "")


def test_a_revoked_key_stops_the_next_piece(street: Street, acme: Acme) -> None:
    report = put(acme.alice, acme.folder.pk, "Report.pdf", pages(5))
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant = grant_on_document(acme.alice, report.pk, to=to, role=Role.READ)
    dan = show(street.person(acme.dan.user_id), acme, report)
    first = dan.get_by_role("group", name="Page 1 of 5")
    expect(first).to_have_attribute("data-drawn", "")
    with scope(acme.tenant_id):
        revoke_grant(acme.alice, grant.pk)
    dan.get_by_role("group", name="Page 5 of 5").scroll_into_view_if_needed()
    expect(dan.get_by_text("The preview could not be loaded")).to_be_visible()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\nnothing of a document", "This document can’t be drawn"),
        (pages(1, password="secret"), "This document is locked"),
    ],
)
def test_a_pdf_that_cannot_be_drawn_says_so(
    street: Street, acme: Acme, content: bytes, words: str
) -> None:
    broken = put(acme.alice, acme.folder.pk, "Broken.pdf", content)
    carol = show(street.person(acme.carol.user_id), acme, broken)
    expect(carol.get_by_role("heading", name=words)).to_be_visible()
    with carol.expect_download() as event:
        carol.get_by_role("link", name="Download the file").click()
    assert Path(event.value.path()).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content"), [("Contract.pdf", pdf()), ("Note.txt", b"Rent is due.")]
)
def test_without_scripts_the_download_is_offered(
    street: Street, acme: Acme, name: str, content: bytes
) -> None:
    document = put(acme.alice, acme.folder.pk, name, content)
    carol = show(street.person(acme.carol.user_id, scripts=False), acme, document)
    expect(carol.get_by_text("No preview without JavaScript")).to_be_visible()
    with carol.expect_download() as event:
        carol.get_by_role("link", name="Download the file").click()
    assert Path(event.value.path()).read_bytes() == content


def test_what_has_no_preview_says_so(street: Street, acme: Acme) -> None:
    data = put(acme.alice, acme.folder.pk, "Rates.json", b'{"rate": 3}')
    carol = show(street.person(acme.carol.user_id), acme, data)
    expect(carol.get_by_text("No preview for this kind of file")).to_be_visible()


def test_the_pane_beside_the_list_still_shows_the_details(street: Street, acme: Acme) -> None:
    carol = street.person(acme.carol.user_id)
    carol.goto(f"/o/{acme.slug}/files/{acme.folder.pk}/")
    carol.locator("[data-details-button]").click()
    carol.get_by_role("row", name="contract.pdf").focus()
    expect(carol.locator("[data-details-body]")).to_contain_text("Fingerprint")
