"""What an invoice lists, row by row, and the sums below."""

from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from settings.demo.papers.invoice import Invoice
from settings.demo.papers.letterheads import LEFT, RIGHT
from settings.demo.papers.paper import pounds

INK: Final = HexColor("#1b1e24")
HAIR: Final = HexColor("#cfd4dc")
COLUMNS: Final = (LEFT, 122 * mm, 156 * mm, RIGHT)
ROW: Final[float] = 8.4 * mm


def table(page: Any, invoice: Invoice, height: float) -> float:
    """Answers the height below its last row."""
    plain, bold = invoice.supplier.look.font
    page.setFillColor(HexColor(invoice.supplier.look.colour))
    row(page, ("Description", "Quantity", "Price", "Amount"), height, font=bold, size=9)
    page.setStrokeColor(HexColor(invoice.supplier.look.colour))
    page.setLineWidth(1)
    page.line(LEFT - 3 * mm, height - 3 * mm, RIGHT + 3 * mm, height - 3 * mm)
    height -= ROW
    for place, line in enumerate(invoice.lines):
        ground(page, invoice, height, is_odd=bool(place % 2))
        page.setFillColor(INK)
        count = f"{line.count:,} {line.unit}".strip()
        values = (line.words, count, pounds(line.price), pounds(line.total))
        row(page, values, height, font=plain, size=9.5)
        height -= ROW
    return height


def ground(page: Any, invoice: Invoice, height: float, *, is_odd: bool) -> None:
    """What sets a row apart: a tint, a box or a hairline."""
    look = invoice.supplier.look
    box = (LEFT - 3 * mm, height - 3 * mm, RIGHT - LEFT + 6 * mm, ROW)
    page.setStrokeColor(HAIR)
    page.setLineWidth(0.5)
    if look.rows == "boxed":
        page.rect(*box)
    elif look.rows == "striped" and not is_odd:
        page.setFillColor(HexColor(look.colour), alpha=0.08)
        page.rect(*box, stroke=0, fill=1)
        page.setFillAlpha(1)
    elif look.rows == "ruled":
        page.line(box[0], box[1], box[0] + box[2], box[1])


def row(page: Any, values: tuple[str, ...], height: float, *, font: str, size: float) -> None:
    page.setFont(font, size)
    page.drawString(COLUMNS[0], height, values[0])
    for right, value in zip(COLUMNS[1:], values[1:], strict=True):
        page.drawRightString(right, height, value)


def totals(page: Any, invoice: Invoice, height: float) -> float:
    plain, bold = invoice.supplier.look.font
    rows = (("Net", invoice.net), (f"VAT {invoice.supplier.vat} %", invoice.vat))
    page.setFillColor(INK)
    for word, amount in rows:
        height -= 6 * mm
        page.setFont(plain, 9.5)
        page.drawRightString(COLUMNS[2], height, word)
        page.drawRightString(RIGHT, height, pounds(amount))
    height -= 10 * mm
    page.setFillColor(HexColor(invoice.supplier.look.colour))
    page.rect(118 * mm, height - 3.4 * mm, RIGHT - 115 * mm, 9.6 * mm, stroke=0, fill=1)
    page.setFillColorRGB(1, 1, 1)
    page.setFont(bold, 12)
    page.drawString(122 * mm, height, "Total GBP")
    page.drawRightString(RIGHT, height, pounds(invoice.total))
    return height
