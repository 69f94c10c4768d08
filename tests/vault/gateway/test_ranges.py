"""Ranges (RFC 9110, section 14) against slices of the same bytes."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.factories import body
from tests.vault.access.world import in_the_database
from tests.vault.gateway.scene import ask, permit_for, stored
from vault.gateway.permit import DownloadPermit
from vault.gateway.ranges import Span, Unsatisfiable, span_of

CONTENT = bytes(range(256)) * 4
SIZE = len(CONTENT)
places = st.integers(0, SIZE + 50) | st.sampled_from([0, 1, SIZE - 1, SIZE, SIZE + 1, 10**17])
pieces = settings(in_the_database, max_examples=150)


@pytest.fixture
def permit() -> DownloadPermit:
    return permit_for(CONTENT)


def expect(permit: DownloadPermit, header: str, part: bytes | None, start: int = 0) -> None:
    """The part; or, where there is none, the answer that no byte lies there."""
    response = ask(permit, Range=header)
    if part is None:
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{SIZE}"
        assert body(response) == b""
        return
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{start + len(part) - 1}/{SIZE}"
    assert response["Content-Length"] == str(len(part))
    assert body(response) == part


@given(first=places, more=st.integers(0, 2 * SIZE))
@pieces
def test_a_range_is_a_slice(permit: DownloadPermit, first: int, more: int) -> None:
    part = CONTENT[first : first + more + 1] or None
    expect(permit, f"bytes={first}-{first + more}", part, first)


@given(first=places)
@pieces
def test_an_open_range_goes_to_the_end(permit: DownloadPermit, first: int) -> None:
    expect(permit, f"bytes={first}-", CONTENT[first:] or None, first)


@given(length=places)
@example(length=0)
@pieces
def test_a_suffix_is_counted_from_the_end(permit: DownloadPermit, length: int) -> None:
    start = max(SIZE - length, 0)
    expect(permit, f"bytes=-{length}", CONTENT[start:] or None, start)


@given(st.sets(st.integers(1, SIZE - 1), max_size=8))
@settings(pieces, max_examples=30)
def test_an_interrupted_download_is_put_together_again(
    permit: DownloadPermit, cuts: set[int]
) -> None:
    edges, etag = [0, *sorted(cuts), SIZE], ask(permit, "HEAD")["ETag"]
    parts = [
        body(ask(permit, Range=f"bytes={first}-{after - 1}", If_Range=etag))
        for first, after in itertools.pairwise(edges)
    ]
    assert b"".join(parts) == CONTENT


IGNORED = [
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=5-2",
    "bytes=a-b",
    "bytes=1-2,4-5",
    "bytes=0-0,-1",
    "items=0-5",
    "bytes 0-5",
    "bytes=0x1-5",
    "bytes=1.0-2",
    "bytes=--5",
    "bytes=+1-5",
    "bytes=1 2-30",
    "bytes=0-1 0",
    "bytes=٠-٥",
    "bytes=0-" + "9" * 40,
    "bytes=" + "0-1," * 2000,
]


@pytest.mark.parametrize("header", IGNORED, ids=lambda text: text[:20] or "empty")
def test_what_is_not_one_range_is_ignored(permit: DownloadPermit, header: str) -> None:
    """As a server may (14.2): never an error, and never more than one copy of the bytes."""
    response = ask(permit, Range=header)
    assert response.status_code == 200
    assert response["Content-Length"] == str(SIZE)
    assert body(response) == CONTENT


@given(st.text("bytes=0123456789-, ", max_size=20) | st.text(max_size=20), st.integers(1, 10**6))
@settings(pieces, max_examples=400)
def test_a_span_lies_inside_the_file_whatever_was_asked(header: str, size: int) -> None:
    try:
        span = span_of(header, size)
    except Unsatisfiable:
        return
    if span is not None:
        assert 0 <= span.first <= span.last < size


def test_the_unit_is_read_in_any_case_and_spaces_do_no_harm(permit: DownloadPermit) -> None:
    for header in ("Bytes=2-5", "BYTES=2-5", " bytes=2-5 ", "bytes= 2 - 5"):
        expect(permit, header, CONTENT[2:6], 2)


def test_an_empty_file_has_no_range() -> None:
    for header in ("bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0"):
        with pytest.raises(Unsatisfiable):
            span_of(header, 0)
    assert span_of("bytes=0-0", 1) == Span(0, 0)


def test_if_range_gives_the_whole_where_the_bytes_are_others(permit: DownloadPermit) -> None:
    etag = ask(permit, "HEAD")["ETag"]
    for known, status in (
        (etag, 206),
        ('"another"', 200),
        (f"W/{etag}", 200),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 200),
        ("", 200),
    ):
        response = ask(permit, Range="bytes=0-3", If_Range=known)
        assert response.status_code == status
        assert body(response) == (CONTENT[:4] if status == 206 else CONTENT)


def test_head_says_the_same_and_sends_nothing(permit: DownloadPermit) -> None:
    whole, head = ask(permit), ask(permit, "HEAD")
    assert {**head.headers} == {**whole.headers}
    assert (head.status_code, body(head)) == (200, b"")
    assert body(whole) == CONTENT


def test_a_large_file_goes_out_in_pieces() -> None:
    content = b"x" * (700 * 1024)
    permit = permit_for(content, key=stored(content))
    sizes = [len(chunk) for chunk in ask(permit, Range="bytes=1-").streaming_content]
    assert sum(sizes) == len(content) - 1
    assert max(sizes) <= 256 * 1024
