"""README's pictures, of the demo: `make pictures` keeps them, every other run judges them."""

import io
import os
import re
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from settings.stack.installation import PROJECT
from sharing.models import Link
from sharing.tokens import address_of
from tenants.models import Membership, Organisation
from tenants.scoping import scope
from tests.gateway.visitor import path_of
from tests.journeys.people import Street
from tests.journeys.views import LEASE, VIEWS, View
from tests.services.stack import Stack
from vault.models import Document, Folder

PICTURES: Final = PROJECT / "tests" / "journeys" / "pictures"
DENSITY: Final = 2  # pixels of a picture to one of the page
LARGEST: Final = 120_000  # bytes
QUALITIES: Final = (90, 80, 70, 60, 50)
IMAGE: Final = re.compile(r'<img src="tests/journeys/pictures/([\w-]+)\.webp"[^>]*?alt="([^"]+)"')
SIDEWAYS: Final = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def slots(demo: Stack) -> dict[str, str]:
    with scope(Organisation.objects.get(slug="acme").pk):
        link = Link.objects.get(label="Solicitor of Marrowgate Estates")
        return {
            "quarter": str(Folder.objects.get(name="2026 Q3").pk),
            "lease": str(Document.objects.get(name=LEASE).pk),
            "link": path_of(address_of(link)),
        }


@pytest.fixture(scope="module")
def viewers(town: Street, demo: Stack) -> dict[str, Page]:
    """One sitting for all pictures, or the trail would tell of nothing but entering."""
    with scope(Organisation.objects.get(slug="acme").pk):
        alice = Membership.objects.get(user__email="alice@acme.example").user_id
    return {
        "alice": town.person(alice, device_scale_factor=DENSITY),
        "stranger": town.person(device_scale_factor=DENSITY),
    }


@pytest.mark.parametrize("name", VIEWS)
def test_a_picture_shows_a_sound_page(
    town: Street, viewers: dict[str, Page], slots: dict[str, str], tmp_path: Path, name: str
) -> None:
    view = VIEWS[name]
    page = viewers[view.who]
    go_and_look(page, view, slots)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text(view.shows)
    assert page.evaluate(SIDEWAYS) <= 0
    taken = Image.open(io.BytesIO(page.screenshot()))
    assert taken.size == tuple(DENSITY * side for side in view.size)
    assert is_of_something(taken)
    kept = keep(taken, (PICTURES if os.environ.get("PICTURES") else tmp_path) / f"{name}.webp")
    assert kept <= LARGEST
    assert town.heard() == []


def test_the_readme_shows_every_picture_and_no_other() -> None:
    readme = (PROJECT / "README.md").read_text()
    shown = dict(IMAGE.findall(readme))
    assert sorted(shown) == sorted(VIEWS)
    assert readme.count("/pictures/") == len(VIEWS)
    assert {path.name for path in PICTURES.iterdir()} == {f"{name}.webp" for name in VIEWS}
    assert [name for name, words in shown.items() if len(words) < 30] == []
    assert all(path.stat().st_size <= LARGEST for path in PICTURES.iterdir())


def go_and_look(page: Page, view: View, slots: dict[str, str]) -> None:
    width, height = view.size
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=view.scheme)
    page.goto(view.path.format(**slots))
    page.wait_for_load_state("networkidle")


def is_of_something(picture: Image.Image) -> bool:
    """Neither one plain ground nor a few shapes: dark upon light or light upon dark, and words."""
    darkest, lightest = picture.convert("L").getextrema()
    colours = picture.convert("RGB").getcolors(maxcolors=2**24) or []
    most = max(count for count, _ in colours)
    plain = most / (picture.width * picture.height)
    return lightest - darkest > 150 and len(colours) > 100 and plain < 0.95


def keep(picture: Image.Image, path: Path) -> int:
    """As well as fits into what a reader of README should wait for; answers bytes."""
    path.parent.mkdir(exist_ok=True)
    for quality in QUALITIES:
        picture.convert("RGB").save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            break
    return path.stat().st_size
