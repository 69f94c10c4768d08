"""The demo's papers: the same every time, and true to what stands on them."""

import csv
import io
from collections import Counter

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from settings.demo.papers.agreements import AGREEMENTS
from settings.demo.papers.contracts import versions
from settings.demo.papers.invoices import invoices, written
from settings.demo.papers.letters import keys_letter
from settings.demo.papers.paper import YEAR_BEGINS, Paper, pounds
from settings.demo.papers.payslips import PAY, payroll
from settings.demo.papers.receipts import receipts
from settings.demo.papers.suppliers import SUPPLIERS
from vault.names import DisplayName


def drawn() -> list[Paper]:
    contracts = [paper for agreement in AGREEMENTS for paper in versions(agreement)]
    return [*invoices(), *contracts, *receipts(), *payroll(), keys_letter()]


def text_of(paper: Paper) -> str:
    pages = PdfDocument(paper.content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def test_they_are_the_same_every_time() -> None:
    assert drawn() == drawn()


def test_their_names_can_be_kept() -> None:
    for paper in drawn():
        assert DisplayName(paper.name) == paper.name


def test_forty_invoices_come_from_six_suppliers_over_twelve_months() -> None:
    assert len({paper.name for paper in invoices()}) == 40
    assert len(SUPPLIERS) == len({invoice.supplier.name for invoice in written()}) == 6
    assert len({(i.day.year, i.day.month) for i in written()}) == 12
    assert min(invoice.day for invoice in written()) >= YEAR_BEGINS


def test_no_supplier_looks_or_counts_like_another() -> None:
    looks = Counter((one.look.mark, one.look.colour) for one in SUPPLIERS)
    assert set(looks.values()) == {1}
    assert len({one.number for one in SUPPLIERS}) == 6


def test_what_an_invoice_lists_adds_up_on_its_page() -> None:
    pages = {paper.name: text_of(paper) for paper in invoices()}
    for invoice in written():
        assert invoice.net == sum(line.count * line.price for line in invoice.lines) > 0
        assert invoice.total == invoice.net + invoice.vat
        text = pages[invoice.file_name]
        assert all(line.words in text for line in invoice.lines)
        assert invoice.number in text
        assert pounds(invoice.total) in text


def test_a_contract_has_pages_and_no_gaps() -> None:
    for agreement in AGREEMENTS:
        for paper in versions(agreement):
            assert len(PdfDocument(paper.content)) >= 3
            assert not {"{", "}"} & set(text_of(paper))


def test_the_drafts_of_a_contract_differ() -> None:
    drafts = [[paper.content for paper in versions(agreement)] for agreement in AGREEMENTS]
    assert sorted(len(contents) for contents in drafts) == [1, 1, 1, 2, 3]
    assert all(len(set(contents)) == len(contents) for contents in drafts)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_scan_is_a_picture_with_the_tones_of_paper(kind: str) -> None:
    papers = [*receipts()] if kind == "JPEG" else [keys_letter()]
    for paper in papers:
        picture = Image.open(io.BytesIO(paper.content))
        assert picture.format == kind
        assert len(picture.convert("RGB").getcolors(2**24) or []) > 30


def test_the_wages_of_the_year_are_what_is_paid() -> None:
    table = next(paper for paper in payroll() if paper.name.endswith(".csv"))
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert len(rows) == 12 * len(PAY)
    for row in rows:
        taken = sum(float(row[word]) for word in ("tax", "insurance", "pension"))
        assert float(row["net"]) == pytest.approx(float(row["gross"]) - taken)
