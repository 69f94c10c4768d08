"""The head and foot of a supplier's paper, in one of four layouts."""

from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from settings.demo.papers.supplier import Supplier

LEFT: Final[float] = 22 * mm
RIGHT: Final[float] = 188 * mm
MIDDLE: Final = 105 * mm
MARK: Final = 12 * mm


def letterhead(page: Any, supplier: Supplier) -> None:
    {"band": band, "left": left, "centre": centre, "right": right}[supplier.look.layout](
        page, supplier
    )
    foot(page, supplier)


def band(page: Any, supplier: Supplier) -> None:
    """Colour over the whole width, and the mark in white upon it."""
    page.setFillColor(HexColor(supplier.look.colour))
    page.rect(0, 265 * mm, 210 * mm, 32 * mm, stroke=0, fill=1)
    page.setFillColorRGB(1, 1, 1)
    page.circle(LEFT + 6 * mm, 281 * mm, 8 * mm, stroke=0, fill=1)
    mark(page, supplier, LEFT, 275 * mm)
    page.setFillColorRGB(1, 1, 1)
    name(page, supplier, LEFT + 19 * mm, 281 * mm)
    words(page, supplier, LEFT + 19 * mm, 275 * mm)


def left(page: Any, supplier: Supplier) -> None:
    mark(page, supplier, LEFT, 270 * mm)
    ink(page, supplier)
    name(page, supplier, LEFT + 16 * mm, 276 * mm)
    words(page, supplier, LEFT + 16 * mm, 270.5 * mm)
    rule(page, supplier, LEFT, RIGHT, 263 * mm)


def centre(page: Any, supplier: Supplier) -> None:
    mark(page, supplier, MIDDLE - MARK / 2, 278 * mm)
    ink(page, supplier)
    page.setFont(supplier.look.font[1], 20)
    page.drawCentredString(MIDDLE, 268 * mm, supplier.name)
    page.setFont(supplier.look.font[0], 9.5)
    page.drawCentredString(MIDDLE, 262.5 * mm, supplier.words)
    rule(page, supplier, MIDDLE - 14 * mm, MIDDLE + 14 * mm, 258 * mm)


def right(page: Any, supplier: Supplier) -> None:
    """A stripe down the left edge, the name at the right."""
    page.setFillColor(HexColor(supplier.look.colour))
    page.rect(0, 0, 6 * mm, 297 * mm, stroke=0, fill=1)
    mark(page, supplier, RIGHT - MARK, 275 * mm)
    ink(page, supplier)
    page.setFont(supplier.look.font[1], 18)
    page.drawRightString(RIGHT - MARK - 5 * mm, 280.5 * mm, supplier.name)
    page.setFont(supplier.look.font[0], 9)
    page.drawRightString(RIGHT - MARK - 5 * mm, 275.5 * mm, supplier.words)


def foot(page: Any, supplier: Supplier) -> None:
    rule(page, supplier, LEFT, RIGHT, 20 * mm)
    page.setFillColor(HexColor("#5d6470"))
    page.setFont(supplier.look.font[0], 7.5)
    vat = f"VAT GB 000 {supplier.first % 10_000:04d} 00"
    line = "   |   ".join((supplier.name, *supplier.address, vat))
    page.drawCentredString(MIDDLE, 15.5 * mm, line)


def mark(page: Any, supplier: Supplier, x: float, y: float) -> None:
    page.saveState()
    page.translate(x, y)
    ink(page, supplier)
    supplier.look.mark(page)
    page.restoreState()


def name(page: Any, supplier: Supplier, x: float, y: float) -> None:
    page.setFont(supplier.look.font[1], 19)
    page.drawString(x, y, supplier.name)


def words(page: Any, supplier: Supplier, x: float, y: float) -> None:
    page.setFont(supplier.look.font[0], 9.5)
    page.drawString(x, y, supplier.words)


def ink(page: Any, supplier: Supplier) -> None:
    page.setFillColor(HexColor(supplier.look.colour))


def rule(page: Any, supplier: Supplier, start: float, end: float, y: float) -> None:
    page.setStrokeColor(HexColor(supplier.look.colour))
    page.setLineWidth(0.8)
    page.line(start, y, end, y)
