"""The application behind its front door, as `make run` starts it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services import postgres
from tests.services.nginx import front_door
from tests.services.web import web_server
from tests.stack.client import ask


@pytest.mark.usefixtures("committed")
def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    with (
        web_server(tmp_path, postgres.database_url(), workers=2) as server,
        front_door(tmp_path, upstream=server.upstream) as door,
    ):
        assert ask(door.port, "/healthz", Host="localhost").body == b"ok"
        victim = server.kill_a_worker()
        assert _eventually(lambda: len(server.workers()) == 2 and victim not in server.workers())
        assert ask(door.port, "/healthz", Host="localhost").body == b"ok"


@pytest.mark.usefixtures("committed")
def test_it_starts_again_after_the_power_went(tmp_path: Path) -> None:
    with (
        web_server(tmp_path, postgres.database_url(), on_socket=True) as server,
        front_door(tmp_path, upstream=server.upstream) as door,
    ):
        server.kill()
        assert ask(door.port, "/healthz", Host="localhost").status == 503
        server.start()
        assert ask(door.port, "/healthz", Host="localhost").body == b"ok"


def _eventually(holds: Callable[[], bool], *, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False
