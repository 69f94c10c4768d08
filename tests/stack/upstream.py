"""A stand-in for the application: it answers as the gateway does and notes what it hears."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

BLOB: Final = "t1/users/u1/2026/11/b1"
CONTENT: Final = bytes(range(256)) * 40
ETAG: Final = '"5f1d"'
DIGEST: Final = "sha-256=:X0==:"


@dataclass
class Upstream:
    """What the stand-in was asked; `target` and `status` are what it answers next."""

    port: int = 0
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    target: str = f"/_files/{BLOB}"
    status: int = 200

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@contextmanager
def upstream() -> Iterator[Upstream]:
    state = Upstream()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            lowered = {name.lower(): value for name, value in self.headers.items()}
            state.asked.append((self.command, self.path, lowered))
            path = self.path.partition("?")[0]
            if path.endswith(("/content", "/content/")):
                self.hand_over()
            else:
                self.plain(b"the page" if self.command == "GET" else b"got %d" % len(body))

        do_GET = do_POST = do_HEAD = answer  # noqa: N815  http.server finds them by name

        def plain(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Request-ID", self.headers["X-Request-ID"])
            self.end_headers()
            self.wfile.write(body)

        def hand_over(self) -> None:
            self.send_response(state.status)
            for name, value in {
                "X-Accel-Redirect": state.target,
                "Content-Type": "application/pdf",
                "Content-Length": "0",
                "Content-Disposition": "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf",
                "Cache-Control": "private, no-store",
                "ETag": ETAG,
                "Repr-Digest": DIGEST,
                "X-Strongroom-Download": "d1",
                "X-Internal": "not for clients",
            }.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        state.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield state
        server.shutdown()
