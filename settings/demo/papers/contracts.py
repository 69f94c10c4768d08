"""The contracts as pages: a title, numbered clauses, a page for the signatures."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer

from settings.demo.papers.agreement import Agreement
from settings.demo.papers.clauses import GENERAL, clauses_of
from settings.demo.papers.paper import CUSTOMER, Paper

BODY: Final = ParagraphStyle(
    "body",
    fontName="Times-Roman",
    fontSize=11.5,
    leading=17,
    alignment=TA_JUSTIFY,
    leftIndent=11 * mm,
    bulletFontName="Times-Roman",
    bulletFontSize=11.5,
    spaceAfter=6,
)
HEAD: Final = ParagraphStyle(
    "head", fontName="Times-Bold", fontSize=12.5, leading=18, spaceBefore=12, spaceAfter=5
)
TITLE: Final = ParagraphStyle(
    "title", fontName="Times-Bold", fontSize=25, leading=31, alignment=TA_CENTER
)
PARTY: Final = ParagraphStyle(
    "party", fontName="Times-Roman", fontSize=12.5, leading=19, alignment=TA_CENTER
)


def versions(agreement: Agreement) -> Iterator[Paper]:
    """The oldest first."""
    for day, gaps in agreement.drafts:
        yield Paper(agreement.file_name, bound(agreement, day, gaps), day)


def bound(agreement: Agreement, day: date, gaps: dict[str, str]) -> bytes:
    out = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 28 * mm)
    book: Any = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=agreement.title,
        author=CUSTOMER[0],
        invariant=1,
        initialFontName="Times-Roman",
        **margins,
    )
    pages = [
        *cover(agreement, day),
        PageBreak(),
        *text(agreement, gaps),
        *signatures(agreement, day),
    ]

    def foot(page: Any, book: Any) -> None:
        page.setFont("Times-Italic", 9.5)
        page.drawString(28 * mm, 16 * mm, agreement.title)
        page.drawRightString(182 * mm, 16 * mm, f"Page {book.page}")

    book.build(pages, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def cover(agreement: Agreement, day: date) -> list[Any]:
    partner, address = agreement.partner
    return [
        Spacer(1, 48 * mm),
        Paragraph(agreement.title, TITLE),
        Spacer(1, 16 * mm),
        Paragraph(f"of {day:%d %B %Y}", PARTY),
        Spacer(1, 16 * mm),
        Paragraph("between", PARTY),
        Paragraph(f"<b>{CUSTOMER[0]}</b><br/>{', '.join(CUSTOMER[1:])}", PARTY),
        Spacer(1, 5 * mm),
        Paragraph("and", PARTY),
        Spacer(1, 5 * mm),
        Paragraph(f"<b>{partner}</b><br/>{address}", PARTY),
        Spacer(1, 14 * mm),
        Paragraph(f"on {agreement.subject}", PARTY),
    ]


def text(agreement: Agreement, gaps: dict[str, str]) -> Iterator[Any]:
    for number, (head, sentences) in enumerate(clauses_of(agreement.text + GENERAL), start=1):
        yield Paragraph(f"{number}.  {head}", HEAD)
        for place, words in enumerate(sentences, start=1):
            yield Paragraph(words.format_map(gaps), BODY, bulletText=f"{number}.{place}")


def signatures(agreement: Agreement, day: date) -> Iterator[Any]:
    for party, who in ((CUSTOMER[0], "Alice Ortiz"), (agreement.partner[0], "")):
        line = f"{'_' * 38}<br/>{who or 'Name and office'}<br/>for {party}"
        signed = Paragraph(f"Signed at Ellerport, {day:%d %B %Y}", BODY)
        parts = [Spacer(1, 14 * mm), signed, Spacer(1, 14 * mm), Paragraph(line, BODY)]
        yield KeepTogether(parts)
