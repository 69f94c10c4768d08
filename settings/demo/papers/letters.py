"""A letter that came by post and went through the scanner of the office."""

import textwrap
from datetime import date
from typing import Any, Final

from PIL import Image, ImageDraw

from settings.demo.papers.paper import CUSTOMER, Paper
from settings.demo.papers.scans import INK, font, scanned

PAGE: Final = (1240, 1754)  # A4 at 150 dots per inch
DAY: Final = date(2026, 8, 24)
TEXT: Final = """
Dear Ms Ortiz,

Thank you for returning the lease of the second floor of 12 Harbour Street. I enclose your copy,
signed on our side on 21 August 2026.

The keys are ready for you from Monday 14 December, so that you can have the floor measured
before the term begins on 1 January 2027. Please ask for Mr Adeyemi at the reception and bring
this letter with you.

The deposit of GBP 12,000.00 reached us on 19 August. It is kept in an account of its own, and
you will receive a statement every January.

We look forward to having you in the house.

Yours sincerely,
"""


def keys_letter() -> Paper:
    return scanned("Letter Marrowgate keys and deposit.png", DAY, written())


def written() -> Image.Image:
    paper = Image.new("RGB", PAGE, "#f9f6ef")
    draw = ImageDraw.Draw(paper)
    heading(draw)
    block(draw, ("Alice Ortiz", *CUSTOMER), 330)
    draw.text((1110, 520), f"{DAY:%d %B %Y}", fill=INK, font=font(25), anchor="ra")
    draw.text((140, 610), "Your lease: keys and deposit", fill=INK, font=font(28, "VeraBd"))
    height = 690
    for paragraph in TEXT.strip().split("\n\n"):
        height = block(draw, textwrap.wrap(paragraph, 68), height) + 26
    signature(draw, height + 80)
    block(draw, ("Harriet Maddox", "for Marrowgate Estates LLP"), height + 120)
    stamp(paper)
    return paper


def heading(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(140, 190), (140, 130), (178, 100), (216, 130), (216, 190)], fill="#3b4a3f")
    draw.rectangle((166, 150, 190, 190), fill="#f9f6ef")
    draw.text((240, 118), "Marrowgate Estates", fill="#3b4a3f", font=font(42, "VeraBd"))
    address = "1 Custom House Square, Ellerport EL1 1AA"
    draw.text((240, 170), address, fill="#6b6f69", font=font(21))
    draw.line((140, 232, 1110, 232), fill="#3b4a3f", width=3)


def block(draw: ImageDraw.ImageDraw, lines: Any, height: int) -> int:
    for line in lines:
        draw.text((140, height), line, fill=INK, font=font(25))
        height += 38
    return height


def signature(draw: ImageDraw.ImageDraw, y: int) -> None:
    """A quick hand with a blue pen."""
    at = (
        (0, 0),
        (14, -52),
        (22, -60),
        (12, 4),
        (30, -30),
        (46, -28),
        (50, -62),
        (44, 6),
        (66, -14),
    )
    on = (
        (78, -22),
        (84, -2),
        (100, -20),
        (108, -4),
        (124, -18),
        (134, -2),
        (160, -20),
        (230, -26),
    )
    draw.line(
        [(150 + 1.3 * dx, y + dy) for dx, dy in (*at, *on)], fill="#27408f", width=4, joint="curve"
    )


def stamp(paper: Image.Image) -> None:
    """RECEIVED, a little crooked, as such stamps are."""
    ink = Image.new("RGBA", (330, 130))
    draw = ImageDraw.Draw(ink)
    draw.rounded_rectangle((4, 4, 325, 125), 10, outline="#a2352ecc", width=5)
    draw.text((165, 46), "RECEIVED", font=font(38, "VeraBd"), anchor="mm", fill="#a2352ecc")
    draw.text((165, 94), "26 AUG 2026", font=font(28), anchor="mm", fill="#a2352ecc")
    turned = ink.rotate(7, Image.Resampling.BICUBIC, expand=True)
    paper.paste(turned, (790, 300), turned)
