"""Uploads as they are on the wire: bodies byte by byte, and the application without a server."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from wsgiref.util import setup_testing_defaults

from django.test.client import ClientHandler

from tenants.actor import Member
from tests.cast import signed_in
from tests.vault.scene import token_of

BOUNDARY = b"a-boundary-of-the-tests"
FORM = f"multipart/form-data; boundary={BOUNDARY.decode()}"
CSRF = "c" * 32


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...
    def readline(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def part(
    content: bytes, *, name: str = "file", filename: bytes | None = None, more: str = ""
) -> bytes:
    said = f'Content-Disposition: form-data; name="{name}"'.encode()
    if filename is not None:
        said += b'; filename="%s"\r\nContent-Type: application/octet-stream' % filename
    return b"--%s\r\n%s\r\n%s\r\n%s\r\n" % (BOUNDARY, said, more.encode(), content)


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--%s--\r\n" % BOUNDARY


class Drip:
    """A body that is made while it is read, so that the test does not hold it either."""

    def __init__(self, *pieces: bytes | tuple[bytes, int]) -> None:
        self.left: Iterator[bytes] = (
            piece
            for given in pieces
            for piece in ([given] if isinstance(given, bytes) else repeated(*given))
        )
        self.rest = b""

    def read(self, size: int = -1, /) -> bytes:
        while size < 0 or len(self.rest) < size:
            if not (piece := next(self.left, b"")):
                break
            self.rest += piece
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def readline(self, size: int = -1, /) -> bytes:
        raise io.UnsupportedOperation


class Broken(io.BytesIO):
    """A connection that ends with an error after these bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if not (chunk := super().read(size)):
            raise ConnectionResetError
        return chunk


def repeated(piece: bytes, times: int) -> Iterator[bytes]:
    for _ in range(times):
        yield piece


@cache
def application() -> ClientHandler:
    return ClientHandler(enforce_csrf_checks=True)


def drive(path: str, body: Readable, *, length: int | str, **environ: str) -> Answer:
    """Ask the application as a server would, with a body of any shape."""
    path, _, query = path.partition("?")
    given: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": FORM,
        "CONTENT_LENGTH": str(length),
        "HTTP_HOST": "testserver",
        "wsgi.input": body,
        **environ,
    }
    setup_testing_defaults(given)
    response: Any = application()(given)
    return Answer(response.status_code, dict(response.headers), response.content)


def by_form(actor: Member) -> dict[str, str]:
    """What a browser sends that signed in, and runs our JavaScript."""
    cookies = signed_in(actor).cookies
    sent = [f"{name}={morsel.value}" for name, morsel in cookies.items()]
    return {
        "HTTP_COOKIE": "; ".join([*sent, f"csrftoken={CSRF}"]),
        "HTTP_X_CSRFTOKEN": CSRF,
        "HTTP_ACCEPT": "application/json",
    }


def by_token(actor: Member) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {token_of(actor)}"}
