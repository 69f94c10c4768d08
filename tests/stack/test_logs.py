"""What nginx writes down: a line for each request, and no token in any."""

import time
from pathlib import Path

import pytest

from tests.services.nginx import FrontDoor, front_door
from tests.stack.client import ask, send_raw
from tests.stack.upstream import Upstream

FILE = "/o/acme/d/1/content/"
TOKEN = "AQE" + "x7_-" * 23


def test_the_log_has_one_line_for_each_request(door: FrontDoor) -> None:
    ask(door.port, FILE, Range="bytes=0-9", User_Agent='quote " and \\ backslash')
    (line,) = lines_of(door, 1)
    assert (line["method"], line["path"], line["status"]) == ("GET", FILE, 206)
    assert (line["download"], line["completion"], line["range"]) == ("d1", "OK", "bytes=0-9")
    assert line["body_bytes_sent"] == 10
    assert len(line["request_id"]) == 32
    assert line["remote_addr"] == "127.0.0.1"


def test_the_log_names_the_request_that_the_application_saw(
    door: FrontDoor, app: Upstream
) -> None:
    answer = ask(door.port, FILE)
    (line,) = lines_of(door, 1)
    assert line["request_id"] == app.asked[-1][2]["x-request-id"] == answer.headers["x-request-id"]


def test_an_impossible_header_leaves_the_log_readable(door: FrontDoor) -> None:
    send_raw(door.port, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
    send_raw(door.port, b'\x16\x03"\\\r\n\r\n')
    ask(door.port, FILE, Range='bytes="\\\x01')
    assert len(lines_of(door, 3)) == 3


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/s/{TOKEN}/", "/s/***/"),
        (f"/s/{TOKEN}/content", "/s/***/content"),
        (f"/s/{TOKEN}", "/s/***"),
        (f"/s/{TOKEN}/download?x={TOKEN}", "/s/***/download"),
        (f"/%73/{TOKEN}/", "***"),
        (f"//s/{TOKEN}/", "***"),
        (f"/./s/{TOKEN}/", "***"),
        (f"/s/x/../{TOKEN}/", "/s/***"),
        (f"/s/{TOKEN}%2Fcontent", "/s/***"),
        (f"/page?token={TOKEN}", "/page"),
        (f"/account/confirm-email/{TOKEN}/", "/account/confirm-email/***"),
        (f"/account/password/reset/key/1-{TOKEN}/", "/account/password/reset/key/***"),
        (FILE, FILE),
    ],
)
def test_no_log_holds_a_token(door: FrontDoor, path: str, logged: str) -> None:
    ask(door.port, path, Referer=f"http://localhost/s/{TOKEN}/")
    (line,) = lines_of(door, 1)
    assert line["path"] == logged
    assert TOKEN not in all_logs(door)


def test_no_log_holds_a_token_when_the_application_is_down(nginx: Path, tmp_path: Path) -> None:
    with front_door(tmp_path, upstream=tmp_path / "none.sock", program=nginx) as door:
        answer = ask(door.port, f"/s/{TOKEN}/content")
        assert answer.status == 503
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert lines_of(door, 1)[0]["upstream_status"] == "502"
        assert TOKEN not in all_logs(door)


def lines_of(door: FrontDoor, count: int) -> list[dict[str, object]]:
    """nginx writes a line once the answer is out, which may be a moment after we read it."""
    for _ in range(100):
        if len(found := door.lines()) >= count:
            return found
        time.sleep(0.02)
    return door.lines()


def all_logs(door: FrontDoor) -> str:
    return "".join(log.read_text() for log in door.logs.iterdir())
