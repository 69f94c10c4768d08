"""Static files: kept, compressed, and nothing beside them."""

import gzip

import pytest

from tests.services.nginx import FrontDoor
from tests.stack.client import ask


def test_hashed_static_files_are_kept_and_others_are_asked_for(door: FrontDoor) -> None:
    hashed = ask(door.port, "/static/core.0123456789ab.css")
    plain = ask(door.port, "/static/core.css")
    assert "immutable" in hashed.headers["cache-control"]
    assert plain.headers["cache-control"] == "no-cache"
    for answer in (hashed, plain):
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_static_files_are_compressed_and_pages_are_not(door: FrontDoor) -> None:
    """The length of a page that is compressed tells of the secrets in it (BREACH)."""
    sheet = ask(door.port, "/static/long.css", Accept_Encoding="gzip")
    assert sheet.headers["content-encoding"] == "gzip"
    assert sheet.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(sheet.body) == b"a{}" * 1000
    assert "content-encoding" not in ask(door.port, "/page", Accept_Encoding="gzip").headers
    assert "content-encoding" not in ask(door.port, "/static/long.css").headers


@pytest.mark.parametrize(
    "path", ["/static/none.css", "/static/", "/static../files/secret", "/static/..%2fsecret"]
)
def test_beside_the_static_files_is_nothing(door: FrontDoor, path: str) -> None:
    answer = ask(door.port, path)
    assert b"above" not in answer.body
    assert b"<html" not in answer.body
    assert answer.status in (403, 404) or answer.body == b"the page"
