"""The suppliers' marks: each a few shapes in a square of 12 mm, drawn from its lower left."""

from typing import Any

from reportlab.lib.units import mm


def leaf(page: Any) -> None:
    """A sheet with a folded corner."""
    corner = page.beginPath()
    corner.moveTo(1 * mm, 0)
    for x, y in ((11, 0), (11, 8), (7, 12), (1, 12)):
        corner.lineTo(x * mm, y * mm)
    corner.close()
    page.drawPath(corner, stroke=0, fill=1)
    page.setStrokeColorRGB(1, 1, 1)
    page.setLineWidth(1.1)
    for height in (3, 5.2, 7.4):
        page.line(3.2 * mm, height * mm, 8.8 * mm, height * mm)


def bolt(page: Any) -> None:
    page.circle(6 * mm, 6 * mm, 6 * mm, stroke=0, fill=1)
    page.setFillColorRGB(1, 1, 1)
    flash = page.beginPath()
    flash.moveTo(6.8 * mm, 10.6 * mm)
    for x, y in ((3.2, 5.2), (5.7, 5.2), (5.1, 1.4), (8.9, 6.9), (6.3, 6.9)):
        flash.lineTo(x * mm, y * mm)
    flash.close()
    page.drawPath(flash, stroke=0, fill=1)


def stack(page: Any) -> None:
    """Three machines, one above the other."""
    for y in (0.0, 4.3, 8.6):
        page.setFillAlpha(1 - y / 18)
        page.roundRect(0, y * mm, 12 * mm, 3.4 * mm, 1 * mm, stroke=0, fill=1)
    page.setFillAlpha(1)
    page.setFillColorRGB(1, 1, 1)
    for y in (1.7, 6, 10.3):
        page.circle(2.4 * mm, y * mm, 0.6 * mm, stroke=0, fill=1)


def drop(page: Any) -> None:
    drop = page.beginPath()
    drop.moveTo(6 * mm, 12 * mm)
    drop.curveTo(9 * mm, 8 * mm, 10.4 * mm, 6.2 * mm, 10.4 * mm, 4.2 * mm)
    drop.curveTo(10.4 * mm, -1.4 * mm, 1.6 * mm, -1.4 * mm, 1.6 * mm, 4.2 * mm)
    drop.curveTo(1.6 * mm, 6.2 * mm, 3 * mm, 8 * mm, 6 * mm, 12 * mm)
    page.drawPath(drop, stroke=0, fill=1)


def bean(page: Any) -> None:
    page.saveState()
    page.translate(6 * mm, 6 * mm)
    page.rotate(35)
    page.ellipse(-4 * mm, -6 * mm, 4 * mm, 6 * mm, stroke=0, fill=1)
    page.setStrokeColorRGB(1, 1, 1)
    page.setLineWidth(1.3)
    page.bezier(0, -6 * mm, 2.4 * mm, -2 * mm, -2.4 * mm, 2 * mm, 0, 6 * mm)
    page.restoreState()


def prints(page: Any) -> None:
    """Inks that overlap."""
    page.setFillAlpha(0.72)
    for x, y, rgb in ((4, 4.2, (0.9, 0.2, 0.5)), (8, 4.2, (0.1, 0.6, 0.85)), (6, 7.6, None)):
        page.setFillColorRGB(*(rgb or (0.97, 0.78, 0.15)))
        page.circle(x * mm, y * mm, 4 * mm, stroke=0, fill=1)
    page.setFillAlpha(1)
