"""HTTP without a helping hand: paths go out as they are written."""

import http.client
import socket
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    header_list: list[tuple[str, str]]


def ask(port: int, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(
        method, path, skip_host="Host" in names, skip_accept_encoding="Accept-Encoding" in names
    )
    for name, value in names.items():
        connection.putheader(name, value)
    if body or method == "POST":
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    found = answer.getheaders()
    return Answer(answer.status, {k.lower(): v for k, v in found}, content, found)


def send_raw(port: int, request: bytes) -> bytes:
    """What comes back for these very bytes, until the other side closes or breaks off."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        connection.settimeout(5)
        received = b""
        with suppress(ConnectionResetError):
            while chunk := connection.recv(65536):
                received += chunk
        return received
