"""A firm that writes invoices: what it sells, when it writes, and how its paper looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

type Layout = Literal["band", "left", "centre", "right"]
type Rows = Literal["ruled", "striped", "boxed"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something for sale: how many are bought at a time, and what one costs, in pence."""

    words: str
    counts: tuple[int, int]
    prices: tuple[int, int]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    mark: Callable[[Any], None]
    colour: str
    font: tuple[str, str]  # plain and bold
    layout: Layout
    rows: Rows
    date: str = "%d %B %Y"


@dataclass(frozen=True, slots=True)
class Supplier:
    """`number` says how its invoices are numbered; `months` count from the year's first, 0."""

    name: str
    address: tuple[str, str]
    words: str
    number: str
    first: int
    step: int
    months: tuple[int, ...]
    day: int
    items: tuple[Item, ...]
    look: Look
    due: int = 30
    vat: int = 20
