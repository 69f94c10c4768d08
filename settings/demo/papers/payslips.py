"""What lies behind the wall of Payroll: the year's wages, and a payslip for each person."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from settings.demo.papers.paper import CUSTOMER, MONTHS, Paper, day_in, pounds

# By name, the pay of a month in pence.
PAY: Final = {"Alice Ortiz": 540_000, "Bob Chen": 386_500, "Carol Haddad": 412_000}
TAX, INSURANCE, PENSION = 19, 8, 5  # per cent
PAYDAY: Final = 28


def payroll() -> Iterator[Paper]:
    yield wages()
    day = day_in(MONTHS - 1, PAYDAY)
    for person, pay in PAY.items():
        yield Paper(f"{day:%Y-%m} Payslip {person}.pdf", slip(person, pay, day), day)


def wages() -> Paper:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["date", "employee", "gross", "tax", "insurance", "pension", "net"])
    for month in range(MONTHS):
        day = day_in(month, PAYDAY)
        for person, pay in PAY.items():
            taken = [pay * part // 100 for part in (TAX, INSURANCE, PENSION)]
            amounts = (pay, *taken, pay - sum(taken))
            rows.writerow([day, person, *(f"{pence / 100:.2f}" for pence in amounts)])
    return Paper("Wages 2025-26.csv", out.getvalue().encode(), day_in(MONTHS - 1, PAYDAY))


def slip(person: str, pay: int, day: date) -> bytes:
    out = io.BytesIO()
    page: Any = Canvas(out, pagesize=landscape(A5), invariant=True)
    page.setTitle(f"Payslip {person}, {day:%B %Y}")
    page.setAuthor(CUSTOMER[0])
    page.setFillColor(HexColor("#1f2937"))
    page.rect(0, 126 * mm, 210 * mm, 22 * mm, stroke=0, fill=1)
    page.setFillColorRGB(1, 1, 1)
    page.setFont("Helvetica-Bold", 16)
    page.drawString(16 * mm, 134 * mm, CUSTOMER[0])
    page.drawRightString(194 * mm, 134 * mm, f"Payslip {day:%B %Y}")
    page.setFillColorRGB(0.1, 0.12, 0.14)
    page.setFont("Helvetica-Bold", 12)
    page.drawString(16 * mm, 112 * mm, person)
    amounts(page, pay)
    page.save()
    return out.getvalue()


def amounts(page: Any, pay: int) -> None:
    parts = (("Income tax", TAX), ("National insurance", INSURANCE), ("Pension", PENSION))
    taken = [(f"{words}, {part} %", -(pay * part // 100)) for words, part in parts]
    net = pay + sum(pence for _, pence in taken)
    height = 98 * mm
    for words, pence in (("Pay of the month", pay), *taken, ("Paid into your account", net)):
        is_last = words.startswith("Paid")
        page.setFont("Helvetica-Bold" if is_last else "Helvetica", 10.5)
        page.drawString(16 * mm, height, words)
        sign = "-" if pence < 0 else ""
        page.drawRightString(194 * mm, height, f"{sign}{pounds(abs(pence))}")
        page.setStrokeColor(HexColor("#d1d5db"))
        page.line(16 * mm, height - 3.5 * mm, 194 * mm, height - 3.5 * mm)
        height -= 12 * mm
