"""What a file may be called: properties, and the names that broke other products."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vault.errors import NameInvalid
from vault.names import DEVICES, INVISIBLE, JOINERS, LONGEST, DisplayName

many = settings(deadline=None, database=None, max_examples=400)
nasty = st.text(
    st.characters()
    | st.sampled_from("./\\: $-_()\u200c\u200d\u200b\u202e\u0301e\0\ud800\n\t\u2028\U0001f469"),
    max_size=30,
)
raw_names = nasty | st.builds(
    "{}{}{}".format,
    st.sampled_from(["CON", "nul.", "com1.txt", "a" * 190, "x.", "::$", ""]),
    nasty,
    st.sampled_from(["", ".pdf", ".", "/", "." + "z" * 30, "b" * 300, "\u0301"]),
)


def kept(raw: str) -> DisplayName:
    """The name, or the one that the refusal offers."""
    try:
        return DisplayName(raw)
    except NameInvalid as refusal:
        return DisplayName(refusal.suggestion)


@given(raw_names)
@example("a.-")
@example("-")
@example("con." + "x" * 196)
@example("e\u200b\u0301")
@example("\u200d")
@example("a.\u200d.")
@many
def test_a_kept_name_never_lies(raw: str) -> None:
    name = kept(raw)
    assert name
    assert len(name) <= LONGEST
    assert not set(name) & set("/\\\r\n\0")
    assert all(c in JOINERS or unicodedata.category(c) not in INVISIBLE for c in name)
    assert name == name.strip() == unicodedata.normalize("NFC", name)
    assert name.strip("\u200c\u200d")
    assert not name.endswith(".")
    assert not DEVICES.match(name)
    assert name.encode().decode() == name
    assert DisplayName(name) == name


@given(raw_names)
@many
def test_a_refusal_offers_a_name_that_will_do(raw: str) -> None:
    try:
        DisplayName(raw)
    except NameInvalid as refusal:
        assert DisplayName(refusal.suggestion) == refusal.suggestion
        assert refusal.suggestion in refusal.detail


@given(raw_names)
@many
def test_the_nearest_name_is_always_one(raw: str) -> None:
    assert DisplayName(DisplayName.nearest(raw)) == DisplayName.nearest(raw)


@given(raw_names, st.integers(2, 10**9), st.integers(2, 10**9))
@many
def test_numbers_keep_the_extension_and_tell_names_apart(raw: str, one: int, other: int) -> None:
    name = kept(raw)
    assert len(name.numbered(one)) <= LONGEST
    assert (name.numbered(one) == name.numbered(other)) == (one == other)
    if len(name.extension) <= 20:
        assert name.numbered(one).extension == name.extension


BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize("control", BIDI, ids=lambda c: f"U+{ord(c):04X}")
def test_directions_cannot_disguise_an_extension(control: str) -> None:
    name = DisplayName(f"a{control}fdp.exe")
    assert name == "afdp.exe"
    assert name.extension == "exe"


BREAKS = "\r\n\v\f\t\x85\u2028\u2029\x1b\x7f"


@pytest.mark.parametrize("char", BREAKS, ids=lambda c: f"U+{ord(c):04X}")
def test_line_breaks_and_controls_are_removed(char: str) -> None:
    assert DisplayName(f"a{char}.pdf{char}") == "a.pdf"


@pytest.mark.parametrize("raw", ["a.pdf\0.exe", "\0", "\ud800.pdf", "a\udfff"])
def test_what_is_no_text_is_refused(raw: str) -> None:
    with pytest.raises(NameInvalid):
        DisplayName(raw)


REFUSED = {
    "a/b.pdf": "a-b.pdf",
    "../../etc/passwd": "..-..-etc-passwd",
    "/etc/passwd": "etc-passwd",
    "C:\\Users\\x.pdf": "C:-Users-x.pdf",
    "CON": "_CON",
    "con.pdf": "_con.pdf",
    "NUL": "_NUL",
    "Com1.txt": "_Com1.txt",
    "LPT9": "_LPT9",
    "x.": "x",
    "x. . .": "x",
    "x.pdf::$DATA": "x.pdf-DATA",
    "": "Untitled",
    " ": "Untitled",
    ".": "Untitled",
    "..": "Untitled",
    "/": "Untitled",
    "\u202e": "Untitled",
    "\u200d\u200c": "Untitled",
}


@pytest.mark.parametrize(("raw", "offered"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_a_name_that_cannot_be_kept_is_refused_with_a_better_one(raw: str, offered: str) -> None:
    with pytest.raises(NameInvalid) as refusal:
        DisplayName(raw)
    assert refusal.value.suggestion == offered


KEPT = {
    'a"b;c%20.pdf': 'a"b;c%20.pdf',
    '"><img src=x onerror=alert(1)>.pdf': '"><img src=x onerror=alert(1)>.pdf',
    "  Invoice \u00a0 0411 .pdf ": "Invoice 0411 .pdf",
    "-5 degrees.pdf": "-5 degrees.pdf",
    "draft -": "draft -",
    ".env": ".env",
    "console.pdf": "console.pdf",
    "com10.txt": "com10.txt",
    "Re\u0301sume\u0301.pdf": "R\u00e9sum\u00e9.pdf",
    "می\u200cخواهم.pdf": "می\u200cخواهم.pdf",
    "👩\u200d👩\u200d👧.png": "👩\u200d👩\u200d👧.png",
    "a.pdf\u200d": "a.pdf",
    "発注書.pdf": "発注書.pdf",
}


@pytest.mark.parametrize(("raw", "name"), KEPT.items(), ids=map(ascii, KEPT))
def test_a_name_is_kept_as_people_write_it(raw: str, name: str) -> None:
    assert DisplayName(raw) == name


@pytest.mark.parametrize("letter", ["x", "é", "発", "👩"])
@pytest.mark.parametrize("length", [196, 197, 255, 10_000])
def test_a_long_name_is_cut_at_a_letter_and_keeps_its_extension(letter: str, length: int) -> None:
    name = DisplayName(letter * length + ".pdf")
    assert len(name) == LONGEST
    assert name == letter * 196 + ".pdf"


def test_the_extension_is_what_stands_after_the_last_dot() -> None:
    for raw, extension in {
        "a.PDF": "pdf",
        "a.tar.gz": "gz",
        "a": "",
        ".env": "",
        "a.b c": "b c",
    }.items():
        assert DisplayName(raw).extension == extension
