"""Each reason for which one file is refused: its status, code and words; and nothing stays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django import Settings

from tenants.events import Event
from tenants.models import Policy
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf, png
from tests.vault.scene import api_of, remains, trail
from tests.vault.uploads.doors import DOORS, Door, file, upload

BROKEN = png()[:-20]


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    content: bytes
    status: int
    title: str
    detail: str = ""
    recorded: bool = False


CASES = {
    "too_large": Case(
        "big.pdf",
        pdf(size=5000),
        413,
        "The file is too large",
        "Files can be up to 2.0\xa0KB. This one is 4.9\xa0KB.",
        recorded=True,
    ),
    "type_blocked": Case(
        "setup.exe",
        b"MZ\x90\0",
        422,
        "This type of file isn't allowed",
        ".exe files aren't allowed here.",
        recorded=True,
    ),
    "type_mismatch": Case(
        "photo.pdf",
        png(),
        422,
        "The name and the content don't agree",
        "The name says PDF, the content is image/png.",
        recorded=True,
    ),
    "empty": Case("empty.pdf", b"", 422, "The file is empty"),
    "name_invalid": Case(
        "con.pdf",
        pdf(),
        422,
        "This name can't be used",
        "Names can't contain / or \\ or end in a dot. Rename to “_con.pdf”?",
    ),
    "exists": Case(
        "CONTRACT.pdf",
        pdf(),
        409,
        "The name is taken",
        "There's already a “CONTRACT.pdf” here.",
    ),
    "picture_too_large": Case(
        "wide.png", png(60, 50), 422, "The picture has too many pixels", recorded=True
    ),
    "picture_broken": Case(
        "torn.png",
        BROKEN,
        422,
        "The picture can't be read: the file may be damaged",
        recorded=True,
    ),
}


@pytest.fixture(autouse=True)
def _small_limits(acme: Acme, settings: Settings) -> None:
    settings.MAX_PICTURE_PIXELS = 2000
    with scope(acme.tenant_id):
        Policy.objects.update(max_file_size=2048)


@pytest.mark.parametrize("code", CASES)
@pytest.mark.parametrize("door", DOORS)
def test_a_refused_file_is_told_and_leaves_nothing(acme: Acme, code: str, door: Door) -> None:
    case, before = CASES[code], remains(acme.tenant_id)
    sent = file(case.name, case.content)
    response = upload(door, acme, acme.bob, sent, on_conflict="refuse")
    TOLD[door](response, case, code)
    assert remains(acme.tenant_id) == before
    refusals = [event["facts"]["code"] for event in trail(acme.tenant_id, Event.REQUEST_REFUSED)]
    assert refusals == ([code] if case.recorded else [])


def told_by_the_api(response: Any, case: Case, code: str) -> None:
    assert response.status_code == case.status
    assert response["Content-Type"] == "application/problem+json"
    answer = response.json()
    assert (answer["code"], answer["status"]) == (code, case.status)
    assert (answer["title"], answer["detail"]) == (case.title, case.detail or case.title)
    assert answer["request_id"] == response["X-Request-ID"]


def told_to_the_script(response: Any, case: Case, code: str) -> None:
    assert response.status_code == 422
    told = {"name": case.name, "code": code, "title": case.title, "detail": case.detail}
    assert response.json() == {"documents": [], "refused": [told]}


def told_by_the_page(response: Any, case: Case, code: str) -> None:
    assert response.status_code == 422
    page = response.content.decode()
    for words in (case.name, case.title, case.detail):
        assert escaped(words) in page
    assert response.context["refused"][0]["code"] == code


def escaped(words: str) -> str:
    return words.replace("'", "&#x27;")


TOLD: dict[Door, Callable[[Any, Case, str], None]] = {
    "api": told_by_the_api,
    "script": told_to_the_script,
    "page": told_by_the_page,
}


TORN = [BROKEN, png()[:20], png()[:60], b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>"]


def test_a_picture_that_is_none_is_refused(acme: Acme) -> None:
    before = remains(acme.tenant_id)
    sent = [file("a.png", content) for content in TORN]
    answer = upload("script", acme, acme.bob, *sent).json()
    codes = [refused["code"] for refused in answer["refused"]]
    assert len(codes) == len(TORN)
    assert set(codes) <= {"picture_broken", "type_mismatch"}
    assert remains(acme.tenant_id) == before


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<html><script>alert(1)</script></html>"
HARMFUL = [
    ("a.svg", SVG, "type_blocked"),
    ("a.html", HTML, "type_blocked"),
    ("a.png", SVG, "type_mismatch"),
    ("a.pdf", HTML, "type_mismatch"),
    ("a.pdf", b"MZ\x90\0" + b"\0" * 200, "type_mismatch"),
    ("a", b"no extension\n", "type_blocked"),
    (".pdf", pdf(), "type_blocked"),
    ("a.pdf.exe", pdf(), "type_blocked"),
]


def test_what_could_run_is_refused_by_name_or_by_content(acme: Acme) -> None:
    before = remains(acme.tenant_id)
    sent = [file(name, content) for name, content, _ in HARMFUL]
    answer = upload("script", acme, acme.bob, *sent).json()
    assert [refused["code"] for refused in answer["refused"]] == [code for *_, code in HARMFUL]
    assert remains(acme.tenant_id) == before


def test_the_organisations_list_of_types_decides(acme: Acme) -> None:
    with scope(acme.tenant_id):
        Policy.objects.update(file_types=["pdf"])
    assert upload("api", acme, acme.bob, file("a.png", png())).json()["code"] == "type_blocked"
    assert upload("api", acme, acme.bob, file("a.pdf", pdf())).status_code == 201


def test_a_file_of_exactly_the_largest_size_is_taken(acme: Acme) -> None:
    line = b"a line of text\n"
    content = line * (2048 // len(line)) + b"x" * (2048 % len(line))
    assert upload("api", acme, acme.bob, file("a.txt", content)).status_code == 201
    response = upload("api", acme, acme.bob, file("b.txt", content + b"x"))
    assert response.json()["code"] == "too_large"


def test_a_name_given_beside_the_file_is_judged_alike(acme: Acme) -> None:
    before, api = remains(acme.tenant_id), api_of(acme.bob, acme.slug)
    for name in ("a/b.pdf", "a\\b.pdf", "..", "x.", "nul.pdf", "a.pdf\0"):
        response = api.upload(acme.folder.pk, {"file": file("scan.pdf", pdf()), "name": name})
        assert (response.status_code, response.json()["code"]) == (422, "name_invalid"), name
    assert remains(acme.tenant_id) == before
