"""A real nginx in front of an upstream, with the configuration that production has.

with front_door(folder, upstream="127.0.0.1:9000") as door:
    httpx_or_urllib.get(door.url + "/healthz")
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from settings.stack.nginx import Site, command, find_nginx, render
from tests.services.ports import free_port, wait_for
from tests.services.run import missing


@dataclass(frozen=True, slots=True)
class FrontDoor:
    port: int
    site: Site
    conf: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def access_log(self) -> Path:
        return self.site.logs / "access.log"

    def lines(self) -> list[dict[str, Any]]:
        """The access log, one entry for each request that has ended."""
        return [json.loads(line) for line in self.access_log.read_text().splitlines()]


def nginx_program() -> Path:
    return find_nginx() or Path(missing("nginx"))


def site(folder: Path, *, port: int, upstream: Path | str, **changes: Any) -> Site:
    """A site whose every folder lies in the test's own."""
    values: dict[str, Any] = {
        "listen": (f"127.0.0.1:{port}",),
        "upstream": upstream,
        "files_root": folder / "files",
        "static_root": folder / "static",
        "run": folder / "run",
        "logs": folder / "logs",
        "public_url": f"http://localhost:{port}",
    }
    return Site(**(values | changes))


@contextmanager
def front_door(
    folder: Path,
    *,
    upstream: Path | str,
    program: Path | None = None,
    port: int | None = None,
    **changes: Any,
) -> Iterator[FrontDoor]:
    port = port or free_port()
    folder = folder.resolve()
    ours = site(folder, port=port, upstream=upstream, **changes)
    conf = render(ours, into=folder / "nginx")
    process = subprocess.Popen(command(program or nginx_program(), conf))
    try:
        wait_for(port, process)
        yield FrontDoor(port, ours, conf)
    finally:
        process.terminate()
        process.wait(timeout=10)
