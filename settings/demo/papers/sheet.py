"""One invoice on one page: a letterhead, whom it is for, what was bought, how to pay."""

import io
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from settings.demo.papers.bill import COLUMNS, INK, table, totals
from settings.demo.papers.invoice import Invoice
from settings.demo.papers.letterheads import LEFT, RIGHT, letterhead
from settings.demo.papers.paper import CUSTOMER

QUIET = HexColor("#5d6470")


def drawn(invoice: Invoice) -> bytes:
    out = io.BytesIO()
    page: Any = Canvas(out, pagesize=A4, invariant=True)
    page.setTitle(f"Invoice {invoice.number}")
    page.setAuthor(invoice.supplier.name)
    letterhead(page, invoice.supplier)
    addressee(page, invoice)
    below = totals(page, invoice, table(page, invoice, 186 * mm))
    payment(page, invoice, below)
    page.showPage()
    page.save()
    return out.getvalue()


def addressee(page: Any, invoice: Invoice) -> None:
    plain, bold = invoice.supplier.look.font
    write(page, CUSTOMER, at=(LEFT, 240 * mm), font=plain)
    page.setFillColor(HexColor(invoice.supplier.look.colour))
    page.setFont(bold, 19)
    page.drawString(LEFT, 205 * mm, "Invoice")
    written = invoice.supplier.look.date
    facts = (
        ("Number", invoice.number),
        ("Date", f"{invoice.day:{written}}"),
        ("Due", f"{invoice.due:{written}}"),
        ("Your account", "ACME-0411"),
    )
    for row, (word, value) in enumerate(facts):
        height = (240 - 5.4 * row) * mm
        write(page, (word,), at=(COLUMNS[1], height), font=plain, colour=QUIET, size=9)
        page.setFillColor(INK)
        page.setFont(bold, 9.5)
        page.drawRightString(RIGHT, height, value)


def payment(page: Any, invoice: Invoice, height: float) -> None:
    supplier = invoice.supplier
    words = (
        f"Please pay within {supplier.due} days, naming {invoice.number}.",
        f"Sort code 00-00-00, account {10_000_000 + supplier.first * 7}, {supplier.name}",
        "Thank you for your order.",
    )
    write(page, words, at=(LEFT, height - 20 * mm), font=supplier.look.font[0], colour=QUIET)


def write(
    page: Any,
    words: tuple[str, ...],
    *,
    at: tuple[float, float],
    font: str,
    colour: Any = INK,
    size: float = 10,
) -> None:
    page.setFillColor(colour)
    page.setFont(font, size)
    for place, text in enumerate(words):
        page.drawString(at[0], at[1] - place * size * 1.42, text)
