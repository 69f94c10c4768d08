"""A part of a document, as resumed downloads and readers of PDFs ask for it."""

import email
import hashlib

import pytest

from sharing.flows.create import Terms, create_link
from sharing.tokens import address_of
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf, put
from tests.gateway.visitor import Visitor, content_path, path_of, visitor
from tests.services.stack import Stack

CONTENT = pdf("Ranges", size=200_000)
TAG = f'"{hashlib.sha256(CONTENT).hexdigest()}"'


@pytest.fixture
def path(acme: Acme) -> str:
    return content_path(acme.slug, put(acme.alice, acme.folder.pk, "r.pdf", CONTENT).pk)


@pytest.fixture
def carol(stack: Stack, acme: Acme) -> Visitor:
    return visitor(stack, acme.carol)


@pytest.mark.parametrize(
    ("asked", "first", "after"),
    [
        ("0-99", 0, 100),
        ("100-", 100, len(CONTENT)),
        ("-100", len(CONTENT) - 100, len(CONTENT)),
        (f"0-{len(CONTENT) * 2}", 0, len(CONTENT)),
        (f"-{len(CONTENT) * 2}", 0, len(CONTENT)),
    ],
)
def test_a_range_is_those_very_bytes(
    carol: Visitor, path: str, asked: str, first: int, after: int
) -> None:
    answer = carol.get(path, Range=f"bytes={asked}")
    assert (answer.status, answer.body) == (206, CONTENT[first:after])
    assert answer.headers["content-range"] == f"bytes {first}-{after - 1}/{len(CONTENT)}"
    assert answer.headers["etag"] == TAG
    assert answer.headers["content-security-policy"].startswith("sandbox;")


def test_several_ranges_come_in_one_answer(carol: Visitor, path: str) -> None:
    answer = carol.get(path, Range="bytes=0-9,500-599,-20")
    assert answer.status == 206
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    whole = email.message_from_bytes(head + answer.body)
    parts = [part.get_payload(decode=True) for part in whole.walk() if not part.is_multipart()]
    assert parts == [CONTENT[:10], CONTENT[500:600], CONTENT[-20:]]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_range_past_the_end_is_refused(carol: Visitor, path: str) -> None:
    answer = carol.get(path, Range=f"bytes={len(CONTENT)}-")
    assert answer.status == 416
    assert b"%PDF" not in answer.body


@pytest.mark.parametrize(("tag", "status"), [(TAG, 206), ('"other"', 200), (f"W/{TAG}", 200)])
def test_a_download_continues_only_the_same_content(
    carol: Visitor, path: str, tag: str, status: int
) -> None:
    answer = carol.get(path, Range="bytes=1000-", If_Range=tag)
    assert answer.status == status
    assert answer.body == (CONTENT[1000:] if status == 206 else CONTENT)


def test_a_ticket_serves_a_download_that_was_interrupted(stack: Stack, acme: Acme) -> None:
    document = put(acme.alice, acme.folder.pk, "r.pdf", CONTENT)
    with scope(acme.tenant_id):
        link = create_link(acme.alice, document.pk, terms=Terms())
    stranger = visitor(stack)
    begun = stranger.post(f"{path_of(address_of(link))}download", {})
    ticket = path_of(begun.headers["location"])
    start = stranger.get(ticket, Range="bytes=0-99999")
    rest = stranger.get(ticket, Range="bytes=100000-", If_Range=start.headers["etag"])
    assert (start.status, rest.status) == (206, 206)
    assert start.body + rest.body == CONTENT
    with scope(acme.tenant_id):
        link.refresh_from_db()
    assert link.downloads == 1
