"""Reasons for which a whole request is refused, before a byte of it is kept or after."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tenants.events import Event
from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from tests.factories import pdf
from tests.vault.scene import Remains, api_of, remains, trail
from tests.vault.uploads.doors import DOORS, Door, file, page_of, upload, upload_by_form
from vault import quota

HUGE = ["9" * 18, str(2**63 - 1), str(2**63), "9" * 40, "9" * 5000]


def invoice() -> SimpleUploadedFile:
    return file("Invoice.pdf", pdf(size=4000))


def told(door: Door, response: Any, status: int, code: str, words: str) -> None:
    assert response.status_code == status
    if door == "page":
        assert words.replace("'", "&#x27;") in response.content.decode()
        return
    assert response["Content-Type"] == "application/problem+json"
    answer = response.json()
    assert (answer["code"], answer["status"]) == (code, status)
    assert words in answer["detail"]
    assert answer["request_id"] == response["X-Request-ID"]


def refusals(acme: Acme) -> list[tuple[str, str]]:
    events = trail(acme.tenant_id, Event.REQUEST_REFUSED)
    return [(event["facts"]["code"], event["actor"]["user"]) for event in events]


@pytest.fixture
def before(acme: Acme) -> Remains:
    return remains(acme.tenant_id)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("level", ["org", "user"])
def test_no_room_is_said_with_numbers(acme: Acme, before: Remains, door: Door, level: str) -> None:
    user = None if level == "org" else acme.bob.user_id
    with scope(acme.tenant_id):
        quota.set_limit(acme.tenant_id, user, quota.breakdown(user).total + 1000)
    words = {
        "org": "Your organisation has 1000\xa0bytes left; this needs 4.",
        "user": "you have 1000\xa0bytes left.",
    }
    response = upload(door, acme, acme.bob, invoice())
    told(door, response, 413, f"quota_{level}", words[level])
    assert remains(acme.tenant_id) == before
    assert refusals(acme) == [(f"quota_{level}", str(acme.bob.user_id))]


@pytest.mark.parametrize("door", DOORS)
def test_who_may_only_read_adds_nothing(acme: Acme, before: Remains, door: Door) -> None:
    words = {
        "page": "You can see this, but not change it in this way.",
    }.get(door, "You don't have the right to do this")
    response = upload(door, acme, acme.carol, invoice())
    told(door, response, 403, "no_permission", words)
    assert remains(acme.tenant_id) == before
    assert refusals(acme) == [("no_permission", str(acme.carol.user_id))]


@pytest.mark.parametrize("door", DOORS)
def test_who_sees_no_folder_is_told_of_none(acme: Acme, before: Remains, door: Door) -> None:
    told(door, upload(door, acme, acme.dan, invoice()), 404, "not_found", "")
    assert remains(acme.tenant_id) == before
    assert refusals(acme) == []


def test_a_stranger_finds_no_folder(acme: Acme, rival: Rival, before: Remains) -> None:
    mallory = rival.mallory
    assert upload_by_form(acme, mallory, invoice()).status_code == 404
    for slug in (acme.slug, rival.slug):
        api = api_of(mallory, slug)
        assert api.upload(acme.folder.pk, {"file": invoice()}).status_code == 404
    assert remains(acme.tenant_id) == before


NO_LENGTHS = [
    {"CONTENT_LENGTH": ""},
    {"CONTENT_LENGTH": "many"},
    {"CONTENT_LENGTH": "-5"},
    {"HTTP_TRANSFER_ENCODING": "chunked"},
]


@pytest.mark.parametrize("door", DOORS)
def test_a_request_says_its_length(acme: Acme, before: Remains, door: Door) -> None:
    for extra in NO_LENGTHS:
        response = upload(door, acme, acme.bob, invoice(), **extra)
        words = "The request must say how long it is (Content-Length)"
        told(door, response, 411, "length_required", words)
        assert remains(acme.tenant_id) == before


def test_a_length_beyond_reason_is_too_large(acme: Acme, before: Remains) -> None:
    """Also where there is no limit: numbers that no counter holds are no server error."""
    for length in HUGE:
        response = upload("api", acme, acme.bob, invoice(), CONTENT_LENGTH=length)
        told("api", response, 413, "too_large", "Files can be up to 2.0\xa0GB.")
        assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("door", DOORS)
def test_a_form_without_a_file_is_told(acme: Acme, before: Remains, door: Door) -> None:
    response = upload(door, acme, acme.bob)
    told(door, response, 422, "no_file", "No file came with the request")
    assert remains(acme.tenant_id) == before


def test_a_file_in_another_field_is_no_file(acme: Acme, before: Remains) -> None:
    response = api_of(acme.bob, acme.slug).upload(acme.folder.pk, {"attachment": invoice()})
    told("api", response, 422, "no_file", "No file came with the request")
    assert remains(acme.tenant_id) == before


def test_the_api_takes_one_file_a_request(acme: Acme, before: Remains) -> None:
    response = upload("api", acme, acme.bob, invoice(), invoice())
    told("api", response, 422, "invalid", "One file a request")
    assert remains(acme.tenant_id) == before


def test_the_api_knows_three_ways_with_a_taken_name(acme: Acme, before: Remains) -> None:
    api = api_of(acme.bob, acme.slug)
    for word in ("overwrite", "REFUSE", ""):
        response = api.upload(acme.folder.pk, {"file": invoice()}, f"?on_conflict={word}")
        told("api", response, 422, "invalid", "on_conflict")
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("door", ["page", "script"])
def test_a_forged_form_is_refused_after_its_bytes_were_thrown_away(
    acme: Acme, before: Remains, door: Door
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(acme.bob).cookies
    headers = {"accept": "application/json"} if door == "script" else {}
    response = upload_by_form(acme, acme.bob, invoice(), client=client, headers=headers)
    assert response.status_code == 403
    if door == "script":
        assert response.json()["code"] == "csrf"
    assert remains(acme.tenant_id) == before


def test_a_form_with_its_token_passes_the_check(acme: Acme) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(acme.bob).cookies
    page = client.get(page_of(acme))
    token = str(page.context["csrf_token"])
    fields = {"file": invoice(), "csrfmiddlewaretoken": token}
    assert client.post(page_of(acme), fields).status_code == 200


def test_without_signing_in_nothing_is_read(acme: Acme, before: Remains) -> None:
    response = Client().post(page_of(acme), {"file": invoice()})
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("door", DOORS)
def test_too_many_files_in_one_form_leave_nothing(
    acme: Acme, before: Remains, door: Door, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 5
    response = upload(door, acme, acme.bob, *[invoice() for _ in range(6)])
    assert response.status_code == 400
    if door != "page":
        assert response.json()["code"] == "bad_request"
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize(
    "fields",
    [{"name": "n" * 2_000_000}, {f"field{number}": "x" for number in range(1200)}],
    ids=["a long field", "many fields"],
)
def test_a_form_that_is_mostly_no_file_leaves_nothing(
    acme: Acme, before: Remains, fields: dict[str, str]
) -> None:
    sent = {"file": invoice(), **fields}
    response = api_of(acme.bob, acme.slug).upload(acme.folder.pk, sent)
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")
    assert remains(acme.tenant_id) == before


def test_a_body_that_is_no_form_is_no_file(acme: Acme, before: Remains) -> None:
    api = api_of(acme.bob, acme.slug)
    path = f"/folders/{acme.folder.pk}/documents"
    assert api.send("POST", path, {"file": "text"}).json()["code"] == "no_file"
    response = api.client.generic("POST", api.base + path, b"x", "multipart/form-data")
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")
    assert remains(acme.tenant_id) == before
