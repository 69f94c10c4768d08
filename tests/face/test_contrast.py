"""The pairs of colours that the pages put on each other, read from the tokens themselves."""

import re
from pathlib import Path
from typing import Final

import pytest

TOKENS: Final = Path(__file__).parents[2] / "static/css/tokens.css"
COLOUR: Final = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

# WCAG 2.2: 4.5 for text (1.4.3), 3 for the edges of fields and for the focus ring (1.4.11).
TEXT, EDGE = 4.5, 3.0
GROUNDS = ("canvas", "surface", "sunken", "selected")
PAIRS: Final = [
    *[(words, ground, TEXT) for words in ("text", "text-2", "text-3") for ground in GROUNDS],
    *[("accent-text", ground, TEXT) for ground in GROUNDS],
    *[(f"{kind}-text", f"{kind}-bg", TEXT) for kind in ("danger", "success", "warning")],
    *[(f"{kind}-text", f"{kind}-bg", TEXT) for kind in ("info", "external")],
    *[("danger-text", ground, TEXT) for ground in ("canvas", "surface")],
    ("success-text", "surface", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    ("on-danger", "danger", TEXT),
    ("on-danger", "danger-hover", TEXT),
    ("on-inverse", "inverse", TEXT),
    ("on-viewing", "viewing", TEXT),
    *[("border-strong", ground, EDGE) for ground in ("canvas", "surface", "sunken")],
    *[("focus", ground, EDGE) for ground in GROUNDS],
]


def tokens(theme: int) -> dict[str, str]:
    return {found[1]: found[2 + theme] for found in COLOUR.finditer(TOKENS.read_text())}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(
    front: str, ground: str, least: float, theme: int
) -> None:
    colours = tokens(theme)
    assert contrast(colours[front], colours[ground]) >= least
