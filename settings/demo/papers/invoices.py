"""Forty invoices of six suppliers over the accounting year: what each says, and its file."""

from collections.abc import Iterator
from random import Random

from settings.demo.papers.invoice import Invoice, Line
from settings.demo.papers.paper import Paper, day_in
from settings.demo.papers.sheet import drawn
from settings.demo.papers.supplier import Item
from settings.demo.papers.suppliers import SUPPLIERS


def invoices() -> Iterator[Paper]:
    """In the order of their days."""
    for invoice in sorted(written(), key=lambda invoice: (invoice.day, invoice.number)):
        yield Paper(invoice.file_name, drawn(invoice), invoice.day)


def written() -> Iterator[Invoice]:
    for supplier in SUPPLIERS:
        chance = Random(supplier.name)  # noqa: S311  a drawing, not a secret
        for turn, month in enumerate(supplier.months):
            day = day_in(month, supplier.day)
            number = supplier.number.format(supplier.first + turn * supplier.step, day=day)
            yield Invoice(supplier, number, day, tuple(bought(supplier.items, chance)))


def bought(items: tuple[Item, ...], chance: Random) -> Iterator[Line]:
    """What a supplier is known for, and some of the rest, in the order of its list."""
    more = chance.randint(min(len(items), 3) - 1, len(items) - 1)
    chosen = {0, *chance.sample(range(1, len(items)), more)}
    for place, item in enumerate(items):
        count, price = chance.randint(*item.counts), chance.randint(*item.prices)
        if place in chosen:
            yield Line(item.words, count, price, item.unit)
