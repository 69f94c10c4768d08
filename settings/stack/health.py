"""Whether a part answers.

    python -m settings.stack.health web|door

Answers 0 when it does: for an engine of containers, which asks again and again.
"""

import http.client
import socket
import sys
from pathlib import Path
from typing import Final

from settings.stack.installation import this_installation

SECONDS: Final = 5


def healthy(where: Path | str, host: str) -> bool:
    """Ask the socket, or HOST:PORT, in the name of a host that the application knows."""
    connection = _OnSocket(where) if isinstance(where, Path) else _on_port(where)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(arguments: list[str]) -> int:
    ours = this_installation()
    places = {"web": ours.web, "door": ours.listen[0].replace("*", "127.0.0.1")}
    if len(arguments) != 1 or arguments[0] not in places:
        print(f"Name one part: {', '.join(places)}.", file=sys.stderr)
        return 2
    return 0 if healthy(places[arguments[0]], ours.public_host) else 1


class _OnSocket(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=SECONDS)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(SECONDS)
        self.sock.connect(str(self.path))


def _on_port(where: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(where, timeout=SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
