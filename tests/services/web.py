"""The application in processes of its own, which a test may kill.

with web_server(folder, postgres.database_url(), FAILPOINT="blob-moved") as server:
    server.kill_a_worker()
"""

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from settings.stack import web
from settings.stack.installation import PROJECT
from tests.services.ports import free_port
from tests.services.run import run_folder

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
START_SECONDS = 60


@dataclass(slots=True)
class WebServer:
    """`upstream` is what `front_door` takes; `port` is for asking it without nginx."""

    bind: Path | int
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def upstream(self) -> Path | str:
        return self.bind if isinstance(self.bind, Path) else f"127.0.0.1:{self.bind}"

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
        if isinstance(self.bind, Path):
            self.bind.unlink(missing_ok=True)
        self.process = _launch(self.command, self.environment, self.log)
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
    bind = _socket() if on_socket else free_port()
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "settings.testing",
        "STRONGROOM_VAR": str(folder),
        "DATABASE_URL": database_url,
        "PYTHONPATH": str(PROJECT),
        **environment,
    }
    command = web.command(bind, workers=workers, threads=threads)
    log = folder / "web.log"
    server = WebServer(bind, command, told, log, _launch(command, told, log))
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


def _launch(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
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
    while not _healthy(server):
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the application did not start:\n{server.log.read_text()}")
        time.sleep(0.05)


def _healthy(server: WebServer) -> bool:
    unix = isinstance(server.bind, Path)
    try:
        with socket.socket(socket.AF_UNIX if unix else socket.AF_INET) as connection:
            connection.settimeout(5)
            connection.connect(str(server.bind) if unix else ("127.0.0.1", server.bind))
            connection.sendall(HEALTH)
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
