"""The translations: every word of the source is in every catalogue, and says the same things."""

import gettext
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from tests.services.run import missing

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
SOURCES: Final = ("accounts", "tenants", "vault", "sharing", "settings", "templates")
PIECE: Final = re.compile(r"%\(\w+\)s|\{\w*\}|</?\w+[^>]*>|&\w+;")
GATHER: Final = "import django; django.setup(); from settings.words import gather; gather()"

in_every_language = pytest.mark.parametrize("code", LANGUAGES)


def catalogue(code: str) -> Path:
    return Path("templates", "locale", code, "LC_MESSAGES", "django.po")


def messages(path: Path) -> dict[tuple[str, ...], list[str]]:
    """By what is translated (singular, and plural if there is one): the translations."""
    found = {}
    for block in path.read_text().split("\n\n"):
        texts: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if match := re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?) "', line):
                key = match[1]
            if key and '"' in line and not line.startswith("#"):
                texts[key] = texts.get(key, "") + line[line.index('"') + 1 : -1]
        source = tuple(texts[key] for key in ("msgid", "msgid_plural") if key in texts)
        found[source] = [text for key, text in texts.items() if key.startswith("msgstr")]
    return {source: told for source, told in found.items() if any(source)}


def pieces(text: str) -> set[str]:
    return set(PIECE.findall(text))


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source, with the catalogues that `make words` would gather from it."""
    if not shutil.which("xgettext"):
        missing("gettext")
    copy = tmp_path_factory.mktemp("words")
    for name in SOURCES:
        shutil.copytree(ROOT / name, copy / name)
    subprocess.run([sys.executable, "-W", "ignore", "-c", GATHER], cwd=copy, check=True)
    return copy


@in_every_language
def test_a_catalogue_holds_every_word_of_the_source_and_no_other(
    gathered: Path, code: str
) -> None:
    assert set(messages(ROOT / catalogue(code))) == set(messages(gathered / catalogue(code)))


@in_every_language
def test_everything_is_translated(code: str) -> None:
    found = messages(ROOT / catalogue(code))
    assert len(found) > 600
    assert [source for source, told in found.items() if not all(told)] == []
    assert "fuzzy" not in (ROOT / catalogue(code)).read_text()


@in_every_language
def test_a_translation_keeps_what_is_filled_in_and_how_it_is_marked_up(code: str) -> None:
    """Where there is a plural, a form for one number may leave the number out."""
    for source, told in messages(ROOT / catalogue(code)).items():
        needed = pieces(source[-1]) if len(source) == 1 else set()
        for text in told:
            assert needed <= pieces(text) <= pieces("".join(source)), (source, text)


@in_every_language
def test_what_django_reads_is_what_was_translated(code: str) -> None:
    with (ROOT / catalogue(code)).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    plain = {s: told for s, told in messages(ROOT / catalogue(code)).items() if len(s) == 1}
    wrong = [s for (s,), (told,) in plain.items() if compiled.gettext(read(s)) != read(told)]
    assert wrong == []


def read(text: str) -> str:
    """As gettext reads what stands between the quotes."""
    return text.replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")


@pytest.mark.parametrize(("code", "told"), [("de", "12. Mai 2026"), ("fr", "12 mai 2026")])
def test_no_word_of_ours_takes_the_place_of_one_of_djangos(code: str, told: str) -> None:
    """A catalogue of ours comes before Django's: "May", say, is a month there."""
    with translation.override(code):
        assert date_format(date(2026, 5, 12), "DATE_FORMAT") == told
