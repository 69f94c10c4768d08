"""Bodies that end too soon, break off, or are larger than memory should be."""

import io
import tracemalloc
from functools import partial

import pytest

from tests.cast import Acme
from tests.factories import pdf
from tests.vault.scene import remains
from tests.vault.uploads.doors import page_of
from tests.vault.uploads.wire import (
    Broken,
    Drip,
    Readable,
    by_form,
    by_token,
    drive,
    form,
    part,
)

MEBIBYTE = 1024 * 1024
CONTENT = pdf(size=600_000)
BODY = form(part(CONTENT, filename=b"Invoice.pdf"))


def api_of(acme: Acme) -> str:
    return f"/api/v1/o/{acme.slug}/folders/{acme.folder.pk}/documents"


def send(acme: Acme, door: str, body: Readable, length: int) -> tuple[int, str]:
    """Status, and code where it was refused."""
    if door == "api":
        answer = drive(api_of(acme), body, length=length, **by_token(acme.bob))
    else:
        answer = drive(page_of(acme), body, length=length, **by_form(acme.bob))
    told = answer.json()
    return answer.status, told.get("code", "")


@pytest.mark.parametrize("door", ["page", "api"])
@pytest.mark.parametrize("end", [10, 200, 300_000, -30, -1])
def test_a_body_that_ends_too_soon_is_unfinished(acme: Acme, door: str, end: int) -> None:
    """Django's parser takes the end of the stream for the end of the file."""
    before = remains(acme.tenant_id)
    assert send(acme, door, io.BytesIO(BODY[:end]), len(BODY)) == (400, "unfinished")
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("door", ["page", "api"])
@pytest.mark.parametrize("end", [0, 200, 300_000])
def test_a_connection_that_breaks_leaves_nothing(acme: Acme, door: str, end: int) -> None:
    before = remains(acme.tenant_id)
    assert send(acme, door, Broken(BODY[:end]), len(BODY)) == (400, "unfinished")
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_whole_body_is_filed(acme: Acme, door: str) -> None:
    assert send(acme, door, io.BytesIO(BODY), len(BODY)) == (201, "")


def test_words_after_the_form_are_read_and_ignored(acme: Acme) -> None:
    body = BODY + b"words after the end"
    assert send(acme, "api", io.BytesIO(body), len(body)) == (201, "")


def test_what_comes_past_the_declared_length_is_not_read(acme: Acme) -> None:
    """The room was promised for as many bytes as were declared, and for no more."""
    before = remains(acme.tenant_id)
    body = io.BytesIO(BODY)
    assert send(acme, "api", body, 1000) == (400, "unfinished")
    assert body.tell() <= 1000
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_large_file_is_never_in_memory(acme: Acme, door: str) -> None:
    head, tail = form(part(b"%PDF-1.4\n|", filename=b"big.pdf")).split(b"|")
    size = 40 * MEBIBYTE
    body = Drip(head, (b"x" * 65536, size // 65536), tail)
    deliver = partial(send, acme, door)
    deliver(io.BytesIO(BODY), len(BODY))  # what is loaded once is loaded now
    tracemalloc.start()
    try:
        answer = deliver(body, len(head) + size + len(tail))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer == (201, "")
    assert peak < 6 * MEBIBYTE


def test_a_file_that_is_encoded_once_more_is_never_in_memory(acme: Acme) -> None:
    head, tail = form(
        part(b"|", filename=b"big.txt", more="Content-Transfer-Encoding: base64\r\n")
    ).split(b"|")
    size = 12 * MEBIBYTE
    body = Drip(head, (b"YWJj" * 16384, size // 65536), tail)
    tracemalloc.start()
    try:
        answer = send(acme, "api", body, len(head) + size + len(tail))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer == (201, "")
    assert peak < 6 * MEBIBYTE
    assert remains(acme.tenant_id).usage[acme.bob.user_id] == (size * 3 // 4, 0)
