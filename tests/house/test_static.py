"""Where the face comes from: our own path, or a CDN that the policy of every page then names."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.house.sources import ROOT

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from settings.face import picture
print(json.dumps({
    "sheet": static("css/strongroom.css"),
    "icon": picture(name="star"),
    "policy": settings.SECURE_CSP,
    "found": [bool(finders.find(name)) for name in ("css/tokens.css", "vault/upload.css")],
    "media": settings.MEDIA_URL,
    "roots": [str(settings.FILES_ROOT), str(settings.STATIC_ROOT)],
}))
"""


def settle(**environment: str) -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "settings.testing", **environment}
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, cwd=ROOT, env=told, text=True, capture_output=True, check=False)


def settings_with(**environment: str) -> Any:
    answer = settle(**environment)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_without_a_cdn_everything_is_ours() -> None:
    found = settings_with()
    assert found["sheet"] == "/static/css/strongroom.css"
    assert not [
        source for sources in found["policy"].values() for source in sources if "://" in source
    ]
    assert found["found"] == [True, True]


def test_a_cdn_is_allowed_what_pages_load_and_nothing_else() -> None:
    found = settings_with(STATIC_URL="https://cdn.example.org/strongroom/")
    assert found["sheet"] == "https://cdn.example.org/strongroom/css/strongroom.css"
    named = {
        name for name, sources in found["policy"].items() if "https://cdn.example.org" in sources
    }
    assert named == {"script-src", "style-src", "img-src", "font-src"}


def test_icons_stay_ours_because_browsers_take_them_from_nowhere_else() -> None:
    found = settings_with(STATIC_URL="https://cdn.example.org/strongroom/")
    assert 'href="/static/dist/icons.svg#star"' in found["icon"]


@pytest.mark.parametrize(
    "address",
    ["static/", "/assets/", "ftp://cdn.example.org/", "https://cdn.example.org", "https:///x/"],
)
def test_an_address_that_would_not_do_stops_the_start(address: str) -> None:
    answer = settle(STATIC_URL=address)
    assert answer.returncode != 0
    assert "STATIC_URL must be" in answer.stderr


def test_documents_have_no_address_and_lie_outside_of_what_is_served() -> None:
    found = settings_with()
    assert found["media"] in ("", "/")
    files, static = found["roots"]
    assert not files.startswith(static)
    assert not static.startswith(files)
