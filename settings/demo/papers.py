"""The demo's papers, drawn here: invoices, a contract, a scan, notes. All firms are made up."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

CUSTOMER: Final = ("Acme Ltd", "12 Harbour Street", "Bristol BS1 4QA")
SUPPLIERS: Final = {
    "Northwind Paper": ("Copy paper A4, 80 g", "Envelopes C5", "Ring binders"),
    "Harbour Energy": ("Electricity, office", "Standing charge", "Meter reading"),
    "Lumen Hosting": ("Virtual server, month", "Backup storage", "Domain renewal"),
    "Quay Cleaning": ("Cleaning, weekly", "Window cleaning", "Supplies"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    count: int
    price: Decimal

    @property
    def total(self) -> Decimal:
        return self.count * self.price


def invoices(year: int, count: int) -> Iterator[Paper]:
    """The same ones every time, spread over the year."""
    chance = Random(411)  # noqa: S311  a drawing, not a secret
    for number in range(1, count + 1):
        supplier = chance.choice(sorted(SUPPLIERS))
        day = date(year, 1 + (number - 1) * 12 // count, chance.randint(1, 28))
        lines = [
            Line(words, chance.randint(1, 12), Decimal(chance.randint(450, 18000)) / 100)
            for words in chance.sample(SUPPLIERS[supplier], chance.randint(1, 3))
        ]
        code = "".join(word[0] for word in supplier.split())
        title = f"{code}-{year}-{number:04d}"
        yield Paper(f"{day:%Y-%m-%d} {supplier} {title}.pdf", invoice(supplier, title, day, lines))


def invoice(supplier: str, title: str, day: date, lines: list[Line]) -> bytes:
    out = io.BytesIO()
    page: Any = Canvas(out, pagesize=A4, invariant=True)
    page.setTitle(f"Invoice {title}")
    page.setAuthor(supplier)
    letterhead(page, supplier, title, day)
    table(page, lines)
    page.showPage()
    page.save()
    return out.getvalue()


def letterhead(page: Any, supplier: str, title: str, day: date) -> None:
    page.setFillColorRGB(0.11, 0.36, 0.82)
    page.rect(0, 285 * mm, 210 * mm, 12 * mm, stroke=0, fill=1)
    page.setFillColorRGB(0.09, 0.1, 0.13)
    page.setFont("Helvetica-Bold", 20)
    page.drawString(22 * mm, 268 * mm, supplier)
    page.setFont("Helvetica", 10)
    for row, words in enumerate(CUSTOMER):
        page.drawString(22 * mm, (246 - 5 * row) * mm, words)
    page.setFont("Helvetica-Bold", 14)
    page.drawString(22 * mm, 218 * mm, f"Invoice {title}")
    page.setFont("Helvetica", 10)
    page.drawString(22 * mm, 211 * mm, f"{day:%d %B %Y}, due within 30 days")


def table(page: Any, lines: list[Line]) -> None:
    height = 196 * mm
    for line in lines:
        page.drawString(22 * mm, height, line.words)
        page.drawRightString(130 * mm, height, f"{line.count} x {line.price:,.2f}")
        page.drawRightString(188 * mm, height, f"{line.total:,.2f}")
        height -= 8 * mm
    net = sum((line.total for line in lines), Decimal())
    page.line(22 * mm, height + 4 * mm, 188 * mm, height + 4 * mm)
    for words, amount in (("Net", net), ("VAT 20 %", net / 5), ("Total GBP", net * 6 / 5)):
        page.drawRightString(150 * mm, height - 3 * mm, words)
        page.drawRightString(188 * mm, height - 3 * mm, f"{amount:,.2f}")
        height -= 7 * mm


def contract(title: str, parties: str) -> Paper:
    out = io.BytesIO()
    page: Any = Canvas(out, pagesize=A4, invariant=True)
    page.setTitle(title)
    page.setFont("Times-Bold", 20)
    page.drawString(25 * mm, 262 * mm, title)
    page.setFont("Times-Roman", 11)
    page.drawString(25 * mm, 252 * mm, f"between {parties}")
    for number in range(1, 9):
        page.drawString(
            25 * mm, (240 - 12 * number) * mm, f"{number}.  The parties agree as follows."
        )
    page.save()
    return Paper(f"{title}.pdf", out.getvalue())


def scan(name: str, words: str) -> Paper:
    """A receipt as a phone sees it: a little tilted."""
    paper = Image.new("RGB", (720, 1080), "#f7f4ec")
    draw = ImageDraw.Draw(paper)
    for row, line in enumerate(words.splitlines()):
        draw.text((60, 70 + 46 * row), line, fill="#26221c", font=ImageFont.load_default(size=30))
    tilted = paper.rotate(1.6, expand=True, fillcolor="#5b5348")
    out = io.BytesIO()
    tilted.save(out, "JPEG", quality=82)
    return Paper(name, out.getvalue())


def ledger(year: int) -> Paper:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["date", "account", "debit", "credit"])
    for month in range(1, 13):
        rows.writerow([f"{year}-{month:02d}-28", 4930 + month % 3, f"{month * 113}.40", ""])
    return Paper(f"Ledger {year}.csv", out.getvalue().encode())


def notes(name: str, text: str) -> Paper:
    return Paper(name, text.encode())
