"""Receipts that somebody photographed. The shops are made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from settings.demo.papers.paper import Paper, pounds
from settings.demo.papers.scans import INK, font, photographed

WIDTH: Final = 620
EDGE: Final = 48
STEP: Final = 42


@dataclass(frozen=True, slots=True)
class Receipt:
    shop: str
    place: str
    what: str
    day: date
    lines: tuple[tuple[str, int], ...]  # words and pence
    tone: str = "#f6f2e8"

    @property
    def total(self) -> int:
        return sum(pence for _, pence in self.lines)

    @property
    def file_name(self) -> str:
        return f"{self.day} Receipt {self.what}.jpg"

    def photograph(self, *, name: str = "") -> Paper:
        """Under the name that a camera gave it, where one is said."""
        return photographed(name or self.file_name, self.day, printed(self))


RECEIPTS: Final = (
    Receipt(
        "TOLLY'S CAFE",
        "Fish Quay 3, Ellerport",
        "lunch with auditors",
        date(2026, 1, 22),
        (("3 Soup of the day", 1950), ("1 Pie and peas", 980), ("4 Tea", 1120), ("2 Cake", 780)),
    ),
    Receipt(
        "WEXMOOR CABS",
        "Rank 2, Wexmoor station",
        "taxi to Wexmoor",
        date(2026, 3, 5),
        (("Fare, 6.4 miles", 1840), ("Waiting, 5 min", 250)),
        "#f1efe9",
    ),
    Receipt(
        "BRAMBLE HARDWARE",
        "14 Rope Walk, Ellerport",
        "shelf brackets",
        date(2026, 5, 14),
        (("8 Bracket, steel 25 cm", 3192), ("1 Screws 4 x 40, 200", 645), ("2 Shelf, oak", 4590)),
        "#f7f3ea",
    ),
    Receipt(
        "OLLER VALLEY RAIL",
        "Ticket office, Ellerport",
        "train to the fair",
        date(2026, 7, 9),
        (("2 Day return, Wexmoor", 5480), ("2 Seat reservation", 600)),
        "#f3ead9",
    ),
    Receipt(
        "PETAL & STEM",
        "Market Hall 11, Ellerport",
        "flowers for reception",
        date(2026, 9, 3),
        (("1 Autumn bunch, large", 3450), ("1 Vase, on loan", 500), ("1 Delivery", 400)),
    ),
)
FOUND: Final = Receipt(
    "WEXMOOR CABS",
    "Rank 2, Wexmoor station",
    "taxi from Wexmoor",
    date(2026, 6, 11),
    (("Fare, 7.1 miles", 2010), ("Luggage", 150)),
    "#f1efe9",
)


def receipts() -> Iterator[Paper]:
    for receipt in RECEIPTS:
        yield receipt.photograph()


def printed(receipt: Receipt) -> Image.Image:
    """On a strip of thermal paper."""
    paper = Image.new("RGB", (WIDTH, 560 + STEP * len(receipt.lines)), receipt.tone)
    draw = ImageDraw.Draw(paper)
    centred(draw, 70, receipt.shop, font(40, "VeraBd"))
    centred(draw, 118, receipt.place, font(22))
    centred(draw, 150, f"{receipt.day:%d/%m/%Y}  13:{receipt.day.day:02d}", font(22))
    height = columns(draw, receipt.lines, dashes(draw, 190))
    height = dashes(draw, height)
    columns(draw, (("TOTAL GBP", receipt.total),), height, size=32)
    vat = receipt.total - round(receipt.total / 1.2)
    columns(draw, (("of which VAT 20 %", vat), ("Card", receipt.total)), height + 62, size=22)
    centred(draw, height + 190, "Thank you, come again", font(24, "VeraIt"))
    bars(draw, height + 220, receipt.total)
    return paper


def centred(
    draw: ImageDraw.ImageDraw, height: int, words: str, face: ImageFont.FreeTypeFont
) -> None:
    draw.text((WIDTH // 2, height), words, fill=INK, font=face, anchor="mm")


def columns(
    draw: ImageDraw.ImageDraw, lines: tuple[tuple[str, int], ...], height: int, size: int = 26
) -> int:
    for words, pence in lines:
        draw.text((EDGE, height), words, fill=INK, font=font(size))
        draw.text((WIDTH - EDGE, height), pounds(pence), fill=INK, font=font(size), anchor="ra")
        height += STEP
    return height


def dashes(draw: ImageDraw.ImageDraw, height: int) -> int:
    for x in range(EDGE, WIDTH - EDGE, 18):
        draw.line((x, height, x + 9, height), fill=INK, width=2)
    return height + 22


def bars(draw: ImageDraw.ImageDraw, top: int, number: int) -> None:
    x = EDGE + 60
    while x < WIDTH - EDGE - 60:
        number = (number * 1103515245 + 12345) % 2**31
        wide = 2 + number // 65536 % 4
        draw.rectangle((x, top, x + wide, top + 62), fill=INK)
        x += wide + 3 + number // 262144 % 5
