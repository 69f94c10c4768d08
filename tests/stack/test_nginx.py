"""Bytes leave through nginx: what SECURITY.md promises of it, asked of the real one."""

from pathlib import Path

import pytest

from settings.stack.nginx import complaint
from tests.services.nginx import FrontDoor, front_door
from tests.stack.client import ask, send_raw
from tests.stack.upstream import BLOB, CONTENT, DIGEST, ETAG, Upstream

FILE = "/o/acme/d/1/content/"
FILE_HEADERS = {
    "content-type": "application/pdf",
    "content-disposition": "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf",
    "cache-control": "private, no-store",
    "etag": ETAG,
    "repr-digest": DIGEST,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex",
}
INTERNAL = [
    f"/_files/{BLOB}",
    f"//_files/{BLOB}",
    f"/%5ffiles/{BLOB}",
    f"/%5Ffiles/{BLOB}",
    f"/x/../_files/{BLOB}",
    f"/x/%2e%2e/_files/{BLOB}",
    f"/static/../_files/{BLOB}",
    f"/./_files/{BLOB}",
    "/_files/",
    "/_files",
    "/_files../secret",
    "/_files/../secret",
    "/_files/%2e%2e/secret",
]


def subset(headers: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return {name: headers.get(name, "") for name in names}


@pytest.mark.parametrize("path", INTERNAL)
def test_the_internal_location_is_closed_to_clients(door: FrontDoor, path: str) -> None:
    answer = ask(door.port, path)
    assert CONTENT not in answer.body
    assert b"above the tenants" not in answer.body
    assert answer.status == 404 or answer.body == b"the page"


@pytest.mark.parametrize("path", INTERNAL[:8])
def test_nothing_of_the_internal_location_reaches_the_application(
    door: FrontDoor, app: Upstream, path: str
) -> None:
    assert ask(door.port, path).status == 404
    assert app.asked == []


def test_a_file_carries_every_header(door: FrontDoor) -> None:
    answer = ask(door.port, FILE)
    assert (answer.status, answer.body) == (200, CONTENT)
    assert subset(answer.headers, FILE_HEADERS) == FILE_HEADERS
    names = [name.lower() for name, _ in answer.header_list]
    assert len(names) == len(set(names))


def test_nothing_of_the_inside_is_told(door: FrontDoor) -> None:
    answer = ask(door.port, FILE)
    assert not {"x-accel-redirect", "x-internal", "x-strongroom-download"} & set(answer.headers)
    assert answer.headers["server"] == "nginx"


def test_https_is_kept_by_browsers(app: Upstream, nginx: Path, tmp_path: Path) -> None:
    told = {"PUBLIC_URL": "https://localhost", "ALLOWED_HOSTS": "127.0.0.1"}
    with front_door(tmp_path, upstream=app.address, program=nginx, **told) as door:
        for path in (FILE, "/_files/x", "/static/none"):
            assert "max-age=63072000" in ask(door.port, path).headers["strict-transport-security"]
        ask(door.port, "/page", X_Forwarded_Proto="http")
    assert app.asked[-1][2]["x-forwarded-proto"] == "https"


def test_http_says_nothing_of_https(door: FrontDoor, app: Upstream) -> None:
    assert "strict-transport-security" not in ask(door.port, FILE).headers
    ask(door.port, "/page", X_Forwarded_Proto="https")
    assert app.asked[-1][2]["x-forwarded-proto"] == "http"


def test_a_range_is_served(door: FrontDoor) -> None:
    answer = ask(door.port, FILE, Range="bytes=10-19")
    assert (answer.status, answer.body) == (206, CONTENT[10:20])
    assert answer.headers["content-range"] == f"bytes 10-19/{len(CONTENT)}"
    assert subset(answer.headers, FILE_HEADERS) == FILE_HEADERS


def test_several_ranges_are_served_up_to_eight(door: FrontDoor) -> None:
    eight = ",".join(f"{n}-{n}" for n in range(0, 16, 2))
    assert ask(door.port, FILE, Range=f"bytes={eight}").status == 206
    assert ask(door.port, FILE, Range=f"bytes={eight},20-20").status == 200


def test_an_impossible_range_is_refused_in_plain_words(door: FrontDoor) -> None:
    answer = ask(door.port, FILE, Range=f"bytes={len(CONTENT)}-")
    assert answer.status == 416
    assert CONTENT not in answer.body
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("tag", "status"), [(ETAG, 206), ('"other"', 200)])
def test_a_resumed_download_continues_only_the_same_content(
    door: FrontDoor, tag: str, status: int
) -> None:
    answer = ask(door.port, FILE, Range="bytes=10-19", If_Range=tag)
    assert answer.status == status
    assert answer.headers["etag"] == ETAG


def test_head_tells_the_size_and_sends_nothing(door: FrontDoor) -> None:
    answer = ask(door.port, FILE, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert subset(answer.headers, FILE_HEADERS) == FILE_HEADERS


@pytest.mark.parametrize(
    "target",
    [
        "/_files/t1/users/u1/2026/11/gone",
        "/_files/t1/users",
        "/_files/t1/users/",
        "/_files/",
        "/_files/../secret",
        "/_files/%2e%2e/secret",
        "/_files/..%2fsecret",
        f"/_files/{BLOB}/x",
        f"/_files/{BLOB}/",
    ],
)
def test_what_is_no_file_is_not_found(door: FrontDoor, app: Upstream, target: str) -> None:
    app.target = target
    answer = ask(door.port, FILE)
    told = answer.body + repr(answer.header_list).encode()
    assert answer.status == 404
    for inside in (b"_files", b"tenants", b"secret", b"above"):
        assert inside not in told


def test_a_link_on_the_disk_is_not_followed(door: FrontDoor, app: Upstream) -> None:
    link = (door.folder / "files" / "tenants" / BLOB).with_name("b2")
    link.symlink_to("/etc/passwd")
    app.target = f"/_files/{BLOB[:-1]}2"
    assert ask(door.port, FILE).status == 404


def test_a_client_cannot_name_a_file(door: FrontDoor, app: Upstream) -> None:
    answer = ask(door.port, "/page", X_Accel_Redirect=f"/_files/{BLOB}", X_Body_File="/etc/passwd")
    assert answer.body == b"the page"
    assert not {"x-accel-redirect", "x-body-file"} & set(app.asked[-1][2])


def test_who_asks_and_how_is_nginxs_to_say(door: FrontDoor, app: Upstream) -> None:
    answer = ask(
        door.port,
        "/page",
        X_Request_ID="mine",
        X_Forwarded_For="6.6.6.6",
        X_Real_IP="6.6.6.6",
        Forwarded="for=6.6.6.6",
        X_Forwarded_Host="evil.example",
    )
    heard = app.asked[-1][2]
    assert heard["x-request-id"] == answer.headers["x-request-id"] != "mine"
    assert (heard["x-forwarded-for"], heard["x-real-ip"]) == ("127.0.0.1", "127.0.0.1")
    assert not {"forwarded", "x-forwarded-host", "x-forwarded-port"} & set(heard)
    assert heard["host"] == f"127.0.0.1:{door.port}"


def test_underscored_headers_are_dropped(door: FrontDoor, app: Upstream) -> None:
    send_raw(
        door.port,
        b"GET /page HTTP/1.1\r\nHost: localhost\r\nX_Forwarded_For: 6.6.6.6\r\n"
        b"Connection: close\r\n\r\n",
    )
    assert "x_forwarded_for" not in app.asked[-1][2]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 40_000 + b"\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
)
def test_what_is_no_request_stops_here(
    door: FrontDoor, app: Upstream, request_bytes: bytes
) -> None:
    status_line, _, rest = send_raw(door.port, request_bytes).partition(b"\r\n")
    assert b" 400 " in status_line or b" 414 " in status_line
    assert b"<html" not in rest
    assert b"X-Content-Type-Options: nosniff" in rest
    assert app.asked == []


def test_pages_take_small_bodies_and_uploads_any(door: FrontDoor, app: Upstream) -> None:
    body = b"x" * (3 * 1024 * 1024)
    refused = ask(door.port, "/page", method="POST", body=b"x" * 2_100_000)
    assert refused.status == 413
    assert app.asked == []
    for path in ("/o/acme/files/1/upload/", "/api/v1/o/acme/folders/1/documents"):
        answer = ask(door.port, path, method="POST", body=body)
        assert answer.body == b"got %d" % len(body)


def test_an_unknown_host_is_dropped(app: Upstream, nginx: Path, tmp_path: Path) -> None:
    told = {"PUBLIC_URL": "https://vault.example.org"}
    with front_door(tmp_path, upstream=app.address, program=nginx, **told) as door:
        assert send_raw(door.port, b"GET /page HTTP/1.1\r\nHost: evil.example\r\n\r\n") == b""
        assert ask(door.port, "/page", Host="vault.example.org").body == b"the page"
    assert [heard["host"] for _, _, heard in app.asked] == ["vault.example.org"]


def test_the_configuration_is_sound(nginx: Path, door: FrontDoor) -> None:
    assert complaint(nginx, door.conf) == ""
