"""The style sheets: sizes and colours are tokens, directions are logical."""

import re
from pathlib import Path
from typing import Final

import pytest

STATIC: Final = Path(__file__).parents[2] / "static"
SHEETS: Final = sorted(STATIC.glob("*/*.css"))
COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(")
PHYSICAL: Final = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|width|height|(?:min|max)-(?:width|height)|text-align:\s*(?:left|right)|float)\s*:",
    re.MULTILINE,
)

by_name = pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)


@by_name
def test_a_sheet_takes_its_colours_from_the_tokens(sheet: Path) -> None:
    if sheet.name != "tokens.css":
        assert not COLOUR.findall(sheet.read_text())


@by_name
def test_a_sheet_uses_tokens_that_exist(sheet: Path) -> None:
    texts = "".join(path.read_text() for path in SHEETS)
    known = set(re.findall(r"(--[\w-]+):", texts))
    assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text())) <= known


@by_name
def test_a_sheet_knows_neither_left_nor_right(sheet: Path) -> None:
    assert not PHYSICAL.findall(sheet.read_text())


def test_every_sheet_is_imported_once() -> None:
    whole = STATIC / "css" / "strongroom.css"
    imported = re.findall(r'@import "([\w./-]+\.css)"', whole.read_text())
    assert sorted((whole.parent / name).resolve() for name in imported) == sorted(
        set(SHEETS) - {whole}
    )
