"""A cursor is the text of a place in a list: it comes back as it went, or is refused."""

import base64
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import Invalid
from tenants.keyset import LONGEST_CURSOR, Order, Position, cursor_of, moment, number, position_of

BY_NAME = Order("name", F("name"))
BY_TIME = Order("-at", F("at"), moment, descending=True)
BY_SIZE = Order("size", F("size"), number)
PARTS = {"folder": BY_NAME, "document": BY_NAME}
AN_ID = str(uuid4())


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


GARBAGE = {
    "no base64": "%%%",
    "cut short": "WyJm",
    "no text": "\u00ff\u00fe",
    "no JSON": base64.urlsafe_b64encode(b"not json").decode(),
    "a number": packed(5),
    "too few": packed(["name", "folder", "x"]),
    "too many": packed(["name", "folder", "x", AN_ID, ""]),
    "another order": packed(["-name", "folder", "x", AN_ID]),
    "another part": packed(["name", "organisation", "x", AN_ID]),
    "a list for a part": packed(["name", ["folder"], "x", AN_ID]),
    "an id that is none": packed(["name", "folder", "x", "1"]),
    "no id": packed(["name", "folder", "x", ""]),
    "a number for an id": packed(["name", "folder", "x", 7]),
    "a list for an id": packed(["name", "folder", "x", ["1"]]),
    "a number for a key": packed(["name", "folder", 5, AN_ID]),
    "NUL": packed(["name", "folder", "a\0b", AN_ID]),
    "half a character": packed(["name", "document", "\ud800", AN_ID]),
    "a deep nest": base64.urlsafe_b64encode(b"[" * 30_000).decode(),
    "too long": packed(["name", "folder", "x" * LONGEST_CURSOR, AN_ID]),
}


@pytest.mark.parametrize("why", GARBAGE)
def test_what_is_no_cursor_is_refused(why: str) -> None:
    with pytest.raises(Invalid):
        position_of(GARBAGE[why], PARTS)


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (BY_TIME, "yesterday"),
        (BY_TIME, "2026-01-01T00:00:00"),
        (BY_SIZE, "1.5"),
        (BY_SIZE, ""),
        (BY_SIZE, "9" * 30),
    ],
)
def test_a_key_that_is_none_of_the_orders_is_refused(order: Order, key: str) -> None:
    with pytest.raises(Invalid):
        position_of(packed([order.name, "row", key, AN_ID]), {"row": order})


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: packed(raw.hex())))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    try:
        found = position_of(text, PARTS)
    except Invalid:
        return
    assert found is None or isinstance(found.id, UUID)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
    | st.datetimes(timezones=st.just(UTC))
    | st.integers(0, 2**63)
)
def test_a_cursor_comes_back_as_it_went(key: object) -> None:
    order = {str: BY_NAME, datetime: BY_TIME, int: BY_SIZE}[type(key)]
    row = SimpleNamespace(key=key, pk=uuid4())
    assert position_of(cursor_of(order, "row", row), {"row": order}) == Position(
        "row", key, row.pk
    )
