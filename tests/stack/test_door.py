"""Behind another proxy, which ends TLS and knows who the visitor is."""

from pathlib import Path

from tests.services.nginx import front_door
from tests.services.patience import eventually
from tests.stack.client import ask, send_raw
from tests.stack.upstream import Upstream


def test_a_trusted_proxy_names_the_visitor(app: Upstream, nginx: Path, tmp_path: Path) -> None:
    told = {"TRUSTED_PROXIES": "127.0.0.0/8, ::1"}
    with front_door(tmp_path, upstream=app.address, program=nginx, **told) as door:
        ask(door.port, "/page", X_Forwarded_For="198.51.100.7, 203.0.113.9")
    assert app.asked[-1][2]["x-real-ip"] == "203.0.113.9"
    assert app.asked[-1][2]["x-forwarded-for"] == "203.0.113.9"


def test_a_stranger_does_not(app: Upstream, nginx: Path, tmp_path: Path) -> None:
    with front_door(tmp_path, upstream=app.address, program=nginx) as door:
        ask(door.port, "/page", X_Forwarded_For="203.0.113.9")
    assert app.asked[-1][2]["x-real-ip"] == "127.0.0.1"


def test_what_is_dropped_is_logged_with_the_rest(
    app: Upstream, nginx: Path, tmp_path: Path
) -> None:
    told = {"PUBLIC_URL": "https://vault.example.org"}
    with front_door(tmp_path, upstream=app.address, program=nginx, **told) as door:
        send_raw(door.port, b"GET /s/secret/content HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        assert eventually(lambda: bool(door.lines()))
        assert [(line["status"], line["path"]) for line in door.lines()] == [
            (444, "/s/***/content")
        ]
