"""Pages by key: a page begins after the last row of the one before, whatever came in between.

A cursor is the text of that row's place: the order that it was read in, its key and its id. It
is no secret and grants nothing: rows are asked for through the actor, wherever a page begins.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Func, QuerySet, Value
from django.db.models.fields import BooleanField

from tenants.errors import Invalid

LONGEST_CURSOR: Final = 2000  # characters; the longest name in the widest letters takes some 1200


@dataclass(frozen=True, slots=True)
class Order:
    """By one expression, then by id. `read` makes a key of a cursor's text, or a `ValueError`."""

    name: str
    key: Any
    read: Callable[[str], Any] = str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page begins: after this key and id, among the rows of this `part` of a list."""

    part: str
    key: Any
    id: UUID


class Keyed(NamedTuple):
    """A row, as far as an order knows it."""

    pk: UUID
    key: Any


def keyed(rows: QuerySet[Any]) -> list[Keyed]:
    """Of rows that `sorted_by` has sorted."""
    return [Keyed(*row) for row in rows.values_list("pk", "key")]


def cursor_of(order: Order, part: str, row: Any) -> str:
    """The cursor of the page after `row`, which `sorted_by` has given its key."""
    key = row.key.isoformat() if isinstance(row.key, datetime) else str(row.key)
    raw = json.dumps([order.name, part, key, str(row.pk)], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode()


def position_of(cursor: str, parts: Mapping[str, Order]) -> Position | None:
    """None for the first page. `parts` are the list's, each with its order.

    Raises `Invalid` for what is no cursor of this list in this order.
    """
    if not cursor:
        return None
    if len(cursor) > LONGEST_CURSOR:
        raise Invalid("cursor")
    try:
        name, part, key, row = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        if name != parts[part].name or "\0" in key:
            raise Invalid("cursor")
        key.encode()  # half a surrogate pair is no text
        return Position(part, parts[part].read(key), UUID(row))
    except (LookupError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Invalid("cursor") from error


def moment(text: str) -> datetime:
    """A key that is a time, with its zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def number(text: str) -> int:
    """A key that is a whole number, as long as PostgreSQL has them."""
    found = int(text)
    if found.bit_length() > 63:
        raise ValueError(text)
    return found


def sorted_by[M: Any](
    rows: QuerySet[M], order: Order, start: Position | None = None
) -> QuerySet[M]:
    """In this order, after a position: a row comparison, which an index on both answers."""
    way = "-" if order.descending else ""
    rows = rows.annotate(key=order.key).order_by(f"{way}key", f"{way}pk")
    if start is None:
        return rows
    compare = RowBefore if order.descending else RowAfter
    return rows.filter(compare("key", "pk", Value(start.key), Value(start.id)))


class RowAfter(Func):
    """`(a, b) > (c, d)`"""

    output_field = BooleanField()
    operator = ">"

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        (a, b, c, d), params = [sql for sql, _ in parts], [p for _, some in parts for p in some]
        return f"({a}, {b}) {self.operator} ({c}, {d})", tuple(params)


class RowBefore(RowAfter):
    """`(a, b) < (c, d)`"""

    operator = "<"
