"""What the strict content security policy and every reader's surroundings ask of the templates."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from settings.signs import EXPOSURES, KINDS, OTHER

ROOT: Final = Path(__file__).parents[2]
# Mails stand apart: the programs that show them know no style sheet.
TEMPLATES: Final = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "emails"
)
SCRIPT: Final = re.compile(r"<script\b(?P<attributes>[^>]*)>")
ICON: Final = re.compile(r'{% icon name="([a-z0-9-]+)"|\b(?:action_)?icon="([a-z0-9-]+)"')

by_path = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


@by_path
def test_a_template_has_no_inline_style(template: Path) -> None:
    assert not re.search(r"\sstyle\s*=\s*[\"'][^\"']*:|<style\b", template.read_text())


@by_path
def test_a_template_has_no_event_handler(template: Path) -> None:
    assert not re.search(r"<[^>%]*\son[a-z]+\s*=", template.read_text())


@by_path
def test_a_script_comes_from_a_file(template: Path) -> None:
    for script in SCRIPT.finditer(template.read_text()):
        attributes = script["attributes"]
        assert " src=" in attributes or "application/json" in attributes


@by_path
def test_a_template_names_no_origin(template: Path) -> None:
    assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//", template.read_text())


def test_every_icon_is_in_the_sprite() -> None:
    names = set(json.loads((ROOT / "static/icons/names.json").read_text()))
    texts = (path.read_text() for path in TEMPLATES)
    icons = {icon for text in texts for found in ICON.findall(text) for icon in found if icon}
    icons |= {kind.icon for kind in (OTHER, *KINDS)} | {
        icon for icon, _style in EXPOSURES.values()
    }
    assert icons - names == set()


def test_every_icon_of_the_sprite_is_used() -> None:
    """By its name in quotes: in a template, or where a view, a tag or a script gives it to one."""
    apps = ("accounts", "tenants", "vault", "sharing", "settings")
    folders = ("templates", "static/js", "static/vault", *apps)
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    text = "".join(p.read_text() for p in files if p.suffix in (".html", ".js", ".py"))
    names = json.loads((ROOT / "static/icons/names.json").read_text())
    assert [name for name in names if f'"{name}"' not in text] == []


def test_the_list_of_icons_is_sorted_and_unique() -> None:
    names = json.loads((ROOT / "static/icons/names.json").read_text())
    assert names == sorted(set(names))
