"""Mallory rules the rival, and asks for everything of acme's: by every page and every call."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import signed_in
from tests.factories import body
from tests.house.doors import pages
from tests.house.test_api import EXPECTED as CALLS
from tests.house.test_api import SENT as CALLS_SEND
from tests.house.test_pages import ASKED as PAGES_ASK
from tests.house.test_pages import EXPECTED as PAGES
from tests.house.test_pages import SENT as PAGES_SEND
from tests.house.test_urls import HERE
from tests.isolation.scene import Two, fingerprint
from tests.tenants.scene import program
from vault.models import Document

type Asked = tuple[
    str, str, Mapping[str, Any]
]  # method, address with its parameters, what is sent

# What is of the organisation and of nothing in it: on her own, it is hers.
HER_OWN: Final = {"/o/{org}/", "/o/{org}/files/", *(f"{HERE}{end}" for end in ("", "/usage"))}
HER_OWN_LISTS: Final = {
    *(
        f"/o/{{org}}/{word}/"
        for word in ("search", "trash", "recent", "starred", "shared", "columns", "view-as/end")
    ),
    *(f"/o/{{org}}/{word}/" for word in ("requests", "jobs", "documents")),
    *(f"/o/{{org}}/{word}/" for word in ("news", "news/mails", "admin/audit", "view-as")),
    *(f"/o/{{org}}/{word}/" for word in ("news", "news/mails", "admin/audit")),
    *(f"/o/{{org}}/{word}/" for word in ("members", "members/me/access", "teams", "teams/new")),
    "/o/{org}/admin/audit/check/",
    "/o/{org}/admin/audit/export.{form}",
    *(f"{HERE}/{word}" for word in ("members", "teams", "documents", "trash", "jobs")),
    *(f"{HERE}/{word}" for word in ("shared", "notifications", "audit", "access-requests")),
}
# Whoever asks for access is told the same, of whatever it may be: see below.
ASKED_OF_ANYTHING: Final = {
    *(
        f"/o/{{org}}/{kind}/{{{name}_id}}/ask/"
        for kind, name in (("files", "folder"), ("d", "document"))
    ),
    *(f"{HERE}/{name}s/{{{name}_id}}/access-requests" for name in ("folder", "document")),
}


def every_page(two: Two) -> Iterator[Asked]:
    for method, name, *_ in PAGES:
        sent = PAGES_SEND[name](two.acme) if method == "POST" and name in PAGES_SEND else {}
        yield method, pages()[name] + PAGES_ASK.get(name, ""), sent


def every_call(two: Two) -> Iterator[Asked]:
    for call, *_ in CALLS:
        method, _, path = call.partition(" ")
        sent = CALLS_SEND[call](two.acme) if call in CALLS_SEND else {}
        yield method, HERE + path, sent


def ask(client: Client, method: str, address: str, sent: Mapping[str, Any]) -> tuple[int, str]:
    """The status and everything that came: status line, headers, bytes."""
    is_form = any(isinstance(value, SimpleUploadedFile) for value in sent.values())
    as_json = address.startswith("/api/") and not is_form
    options = {"content_type": "application/json"} if as_json else {}
    answer = getattr(client, method.lower())(address, dict(sent) or None, **options)
    return answer.status_code, f"{answer.headers}{body(answer).decode(errors='replace')}"


def heard(two: Two, client: Client, asked: list[Asked], slug: str) -> dict[str, int]:
    """The statuses; and no answer that holds one of acme's own words."""
    statuses = {}
    for method, address, sent in asked:
        status, text = ask(client, method, address.format(**two.ours.ids(slug=slug)), sent)
        assert not {word for word in two.canaries if word in text}, (method, address)
        statuses[f"{method} {address}"] = status
    return statuses


def is_her_own(address: str) -> bool:
    return address in HER_OWN | HER_OWN_LISTS


@pytest.fixture(params=["pages", "calls"])
def mallory(request: pytest.FixtureRequest, two: Two) -> tuple[Client, list[Asked]]:
    """With her session for the pages, and with her own token for the API."""
    if request.param == "pages":
        return signed_in(two.rival.mallory), list(every_page(two))
    return program(two.rival.mallory), list(every_call(two))


def test_a_rival_finds_nothing_under_acmes_address(
    two: Two, mallory: tuple[Client, list[Asked]], files_root: Path
) -> None:
    client, asked = mallory
    before = fingerprint(two.acme.tenant_id, files_root)
    statuses = heard(two, client, asked, two.acme.slug)
    assert {call for call, status in statuses.items() if status != 404} == set()
    assert fingerprint(two.acme.tenant_id, files_root) == before


def test_a_rival_finds_nothing_of_acmes_under_her_own_address(
    two: Two, mallory: tuple[Client, list[Asked]], files_root: Path
) -> None:
    client, asked = mallory
    before = fingerprint(two.acme.tenant_id, files_root)
    named = [call for call in asked if not is_her_own(call[1])]
    named = [call for call in named if call[1] not in ASKED_OF_ANYTHING]
    statuses = heard(two, client, named, two.rival.slug)
    assert {call for call, status in statuses.items() if status != 404} == set()
    assert fingerprint(two.acme.tenant_id, files_root) == before


def test_a_rival_who_asks_for_what_is_acmes_asks_nobody_there(
    two: Two, mallory: tuple[Client, list[Asked]], files_root: Path
) -> None:
    client, asked = mallory
    before = fingerprint(two.acme.tenant_id, files_root)
    asking = [call for call in asked if call[1] in ASKED_OF_ANYTHING]
    assert asking
    statuses = heard(two, client, asking, two.rival.slug)
    assert set(statuses.values()) <= {200, 302, 202}
    assert fingerprint(two.acme.tenant_id, files_root) == before


def test_her_own_lists_hold_nothing_of_acmes(
    two: Two, mallory: tuple[Client, list[Asked]]
) -> None:
    client, asked = mallory
    hers = [call for call in asked if is_her_own(call[1])]
    assert hers
    statuses = heard(two, client, hers, two.rival.slug)
    # A form of hers that names somebody of acme's is sent back to be filled in.
    assert set(statuses.values()) <= {200, 201, 302, 422}


def test_the_same_requests_open_what_is_her_own(
    two: Two, mallory: tuple[Client, list[Asked]]
) -> None:
    """So that the refusals above are about the tenant, and not about the requests."""
    client, asked = mallory
    reads = [call for call in asked if call[0] in ("GET", "HEAD")]
    for method, address, sent in reads:
        status, _ = ask(client, method, address.format(**two.hers.ids()), sent)
        assert status in (200, 302), (method, address)


def test_a_word_of_acmes_would_be_noticed(two: Two) -> None:
    address = reverse("vault:document", args=[two.acme.slug, two.ours.document.pk])
    _, text = ask(signed_in(two.acme.alice), "GET", address, {})
    assert {word for word in two.canaries if word in text}


def test_what_is_acmes_and_what_is_not_at_all_answer_the_same(
    two: Two, mallory: tuple[Client, list[Asked]]
) -> None:
    """Nobody learns by asking which ids exist somewhere."""
    client, asked = mallory
    nobodys = {name: Document().pk for name in two.ours.ids()} | {
        "org": two.rival.slug,
        "number": 1,
        "form": "csv",
    }
    for method, address, sent in asked:
        if is_her_own(address):
            continue
        answers = [
            anonymous(ask(unspoken_to(client), method, address.format(**ids), sent)[1])
            for ids in (two.ours.ids(slug=two.rival.slug), nobodys)
        ]
        assert answers[0] == answers[1], (method, address)


def unspoken_to(client: Client) -> Client:
    """What an act before had to say would stand on the next page, whatever that is."""
    client.cookies.pop("messages", None)
    return client


def anonymous(text: str) -> str:
    """Without what differs in any two answers: ids of requests and things, tokens of forms."""
    once = r"nonce\W+[\w-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9A-Za-z_-]{32,86}\b"
    return re.sub(once, "-", text)


def test_an_open_page_for_all_holds_nothing_of_acmes(two: Two) -> None:
    for client in (Client(), signed_in(two.rival.mallory)):
        for name in ("healthz", "api-description", "tenants:home", "account_login"):
            _, text = ask(client, "GET", reverse(name), {})
            assert not {word for word in two.canaries if word in text}, name


def test_the_account_of_a_token_holds_nothing_of_acmes(two: Two) -> None:
    told = program(two.rival.mallory).get("/api/v1/me").json()
    assert [seat["slug"] for seat in told["organisations"]] == [two.rival.slug]
    assert not {word for word in two.canaries if word in json.dumps(told)}
