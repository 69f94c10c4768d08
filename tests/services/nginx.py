"""A real nginx in front of an upstream, started and configured as production's is.

with front_door(folder, upstream="127.0.0.1:9000") as door:
    httpx_or_urllib.get(door.url + "/healthz")
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from settings.stack import part
from settings.stack.installation import PROJECT
from settings.stack.nginx import MAIN
from settings.stack.nginxbinary import find_nginx
from tests.services.ports import free_port, wait_for
from tests.services.run import missing


@dataclass(frozen=True, slots=True)
class FrontDoor:
    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def conf(self) -> Path:
        return self.folder / "nginx" / MAIN

    def lines(self) -> list[dict[str, Any]]:
        """The access log, one entry for each request that has ended."""
        return [json.loads(line) for line in (self.logs / "access.log").read_text().splitlines()]


def nginx_program() -> Path:
    return find_nginx() or Path(missing("nginx"))


@contextmanager
def front_door(
    folder: Path,
    *,
    upstream: Path | str,
    program: Path | None = None,
    port: int | None = None,
    **environment: str,
) -> Iterator[FrontDoor]:
    """All of its folders lie in the test's own; `environment` says what else differs."""
    port = port or free_port()
    folder = folder.resolve()
    told = os.environ | {
        "STRONGROOM_VAR": str(folder),
        "NGINX_PROGRAM": str(program or nginx_program()),
        "LISTEN": f"127.0.0.1:{port}",
        "WEB_ADDRESS": str(upstream),
        "PUBLIC_URL": f"http://localhost:{port}",
        **environment,
    }
    process = subprocess.Popen(part.starting("door"), cwd=PROJECT, env=told)
    try:
        wait_for(port, process)
        yield FrontDoor(port, folder)
    finally:
        process.terminate()
        process.wait(timeout=10)
