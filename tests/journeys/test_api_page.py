"""The page of the API, where a token tries what is described."""

import json
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.cast import Acme
from tests.factories import pdf
from tests.journeys.people import Street
from tests.tenants.scene import token_of

STORED = "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"


@pytest.fixture
def secret(acme: Acme) -> str:
    return token_of(acme.bob)[1]


@pytest.fixture
def page(street: Street, acme: Acme, secret: str) -> Page:
    page = street.person()
    page.goto("/api/docs/")
    page.locator("#key").fill(secret)
    page.locator("#org").fill(acme.slug)
    return page


def test_a_call_is_tried_and_answers(page: Page, acme: Acme) -> None:
    me = send(opened(page, "get-me"), "200 OK")
    assert me["organisations"][0]["slug"] == acme.slug

    call = opened(page, "post-folders")
    wanted = {"parent": str(acme.folder.pk), "name": "Letters"}
    call.get_by_label("Body (JSON)").fill(json.dumps(wanted))
    folder = send(call, "201 Created")
    assert folder["name"] == "Letters"
    expect(call.locator("dl")).to_contain_text("x-request-id")

    call = opened(page, "get-folders-folder_id")
    call.get_by_role("textbox", name="folder_id").fill(folder["id"])
    assert send(call, "200 OK") == folder


def test_a_refusal_is_shown_as_it_is(page: Page) -> None:
    call = opened(page, "post-folders")
    assert send(call, "404 Not Found")["code"] == "not_found"
    call.get_by_label("Body (JSON)").fill("{")
    assert send(call, "400 Bad Request")["status"] == 400


def test_a_file_goes_up_and_its_bytes_are_counted(page: Page, acme: Acme) -> None:
    call = opened(page, "post-folders-folder_id-documents")
    call.get_by_role("textbox", name="folder_id").fill(str(acme.folder.pk))
    body = pdf()
    file = FilePayload(name="letter.pdf", mimeType="application/pdf", buffer=body)
    call.get_by_label("file", exact=True).set_input_files(file)
    document = send(call, "201 Created")

    call = opened(page, "get-documents-document_id-content")
    call.get_by_role("textbox", name="document_id").fill(document["id"])
    call.get_by_role("button", name="Send").click()
    expect(call.locator("[data-answer] pre")).to_have_text(f"{len(body):,} bytes, not shown here")


def test_the_token_stays_nowhere_but_in_memory(page: Page, secret: str) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    send(opened(page, "get-usage"), "200 OK")
    assert secret not in page.content()
    assert page.locator("#key").input_value() == ""
    assert page.evaluate(STORED) == "[{},{}]"
    assert len(seen) == 1
    assert secret not in seen[0]

    page.get_by_role("button", name="Forget it").click()
    page.locator("#get-usage").get_by_role("button", name="Send").click()
    expect(page.locator("#key")).to_be_focused()
    assert len(seen) == 1


def test_a_link_to_a_call_opens_it(street: Street) -> None:
    page = street.person()
    page.goto("/api/docs/#delete-links-link_id")
    expect(
        page.locator("#delete-links-link_id").get_by_role("button", name="Send")
    ).to_be_visible()


def opened(page: Page, operation: str) -> Locator:
    call = page.locator(f"#{operation}")
    call.locator("summary").click()
    return call


def send(call: Locator, status: str) -> Any:
    call.get_by_role("button", name="Send").click()
    expect(call.get_by_role("status")).to_have_text(status)
    return json.loads(call.locator("[data-answer] pre").inner_text())
