"""The whole product as people meet it: nginx before two workers, on the tests' database.

    def test_a_page_is_served(stack: Stack, acme: Acme) -> None:
        assert ask(stack.port, "/healthz", Host=stack.host).status == 200

One for each process of the run. Organisations are each test's own, founded through `on_stack`.
"""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from settings.stack import javascript
from settings.stack.installation import PROJECT
from tests.services import postgres
from tests.services.nginx import FrontDoor, front_door
from tests.services.ports import free_port
from tests.services.run import run_folder
from tests.services.web import WebServer, web_server


@dataclass(frozen=True, slots=True)
class Stack:
    folder: Path
    database: str
    door: FrontDoor
    web: WebServer

    @property
    def port(self) -> int:
        return self.door.port

    @property
    def url(self) -> str:
        return self.door.url

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def logs(self) -> str:
        """All that any of its processes wrote."""
        files = [self.web.log, *self.door.logs.iterdir()]
        return "".join(file.read_text() for file in files)

    def manage(self, *arguments: str) -> Any:
        """What a command answers, run by the application's role in a process of its own."""
        answer = subprocess.run(
            [sys.executable, "manage.py", *arguments, "--json"],
            cwd=PROJECT,
            env=self.web.environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(answer.stdout)

    @contextmanager
    def beside(self, name: str, **environment: str) -> Iterator[WebServer]:
        """One more server on the same database and files; asked without nginx."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        told: Any = {"FILES_ROOT": str(self.files), "GATEWAY": "stream", **quick(), **environment}
        with web_server(folder, self.database, **told) as server:
            yield server


@pytest.fixture(scope="session")
def stack(django_db_setup: None) -> Iterator[Stack]:
    folder = run_folder() / f"stack-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    folder.mkdir()
    build_the_face()
    port, database = free_port(), postgres.database_url()
    told: Any = {"PUBLIC_URL": f"http://localhost:{port}", "REAL_STATIC": "1", **quick()}
    with (
        web_server(folder, database, on_socket=True, workers=2, GATEWAY="nginx", **told) as web,
        front_door(folder, upstream=web.upstream, port=port) as door,
    ):
        collect_static(web)
        yield Stack(folder, database, door, web)


@pytest.fixture
def on_stack(stack: Stack, committed: None) -> Iterator[Stack]:
    with agreed(stack):
        yield stack


@contextmanager
def agreed(stack: Stack) -> Iterator[None]:
    """The test's own process sees the stack's files, and makes addresses that lead to it."""
    storages: dict[str, Any] = dict(settings.STORAGES)
    storages["vault"] = {**storages["vault"], "OPTIONS": {"location": stack.files}}
    with override_settings(FILES_ROOT=stack.files, STORAGES=storages, PUBLIC_URL=stack.url):
        yield


def quick() -> dict[str, str]:
    """Each process finds the bytecode that the one before it made, whatever the machine says."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(run_folder() / "bytecode")}


def build_the_face() -> None:
    """Scripts and icons, built by one process while the others wait."""
    with (run_folder() / "javascript.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        javascript.build()


def collect_static(web: WebServer) -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(command, cwd=PROJECT, env=web.environment, check=True)
