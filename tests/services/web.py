"""The application in processes of its own, which a test may kill.

with web_server(folder, postgres.database_url(), FAILPOINT="blob-moved") as server:
    server.kill_a_worker()
"""

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from settings.stack import part
from settings.stack.health import healthy
from settings.stack.installation import PROJECT
from tests.services.ports import free_port
from tests.services.run import run_folder

START_SECONDS = 60


@dataclass(slots=True)
class WebServer:
    """`upstream` is what `front_door` takes: a socket, or HOST:PORT."""

    upstream: Path | str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        """For asking it without nginx; one on a socket has none."""
        return int(str(self.upstream).rpartition(":")[2])

    def workers(self) -> list[int]:
        """The numbers of the processes that serve."""
        children = psutil.Process(self.process.pid).children()
        return [child.pid for child in children if _serves(child)]

    def kill_a_worker(self) -> int:
        """kill -9, as the system does when memory runs out; granian replaces it."""
        victim = self.workers()[0]
        os.kill(victim, signal.SIGKILL)
        return victim

    def kill(self) -> None:
        """kill -9 to all of it at once, as when the power goes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        """Again, after `kill`."""
        self.process = _launch(self.environment, self.log)
        _wait(self)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def web_server(
    folder: Path,
    database_url: str,
    *,
    on_socket: bool = False,
    workers: int = 1,
    threads: int = 4,
    **environment: str,
) -> Iterator[WebServer]:
    """Serve `settings.testing` with that database; `environment` says what else differs.

    Files and mails go to the folder. FAILPOINT=... names the place where a process kills itself.
    """
    upstream = _socket() if on_socket else f"127.0.0.1:{free_port()}"
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "settings.testing",
        "STRONGROOM_VAR": str(folder),
        "DATABASE_URL": database_url,
        "DATABASE_PREPARE": "on",
        "PYTHONPATH": str(PROJECT),
        "WEB_ADDRESS": str(upstream),
        "WEB_WORKERS": str(workers),
        "WEB_THREADS": str(threads),
        **environment,
    }
    log = folder / "web.log"
    server = WebServer(upstream, told, log, _launch(told, log))
    try:
        _wait(server)
        yield server
    finally:
        server.stop()


def _serves(process: psutil.Process) -> bool:
    try:
        return "granian" in " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _launch(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    command = part.starting("web")
    with log.open("ab") as lines:
        return subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=lines, stderr=lines, process_group=0
        )


def _socket() -> Path:
    """In the run's folder, since a test's own has too long a path for a socket."""
    return run_folder() / f"{secrets.token_hex(4)}.socket"


def _wait(server: WebServer) -> None:
    """Until it answers: a socket is there before anyone listens on it."""
    deadline = time.monotonic() + START_SECONDS
    while not healthy(server.upstream, "localhost"):
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the application did not start:\n{server.log.read_text()}")
        time.sleep(0.05)
