"""The running stack: application, worker and front door, with the database under them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from settings.stack import children, part
from settings.stack.children import Child
from settings.stack.health import healthy
from settings.stack.installation import Installation
from settings.stack.places import StackError, is_root
from settings.stack.postgres import Cluster

START_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.5
LOOK_AT_DATABASE: Final = 10  # every so many looks


@dataclass(frozen=True, slots=True)
class Stack:
    """`cluster` is nobody's business here when the database is somebody else's."""

    installation: Installation
    told: Mapping[str, str]
    cluster: Cluster | None
    sign_in: str


def serve(stack: Stack) -> NoReturn:
    """Until Ctrl-C, or until something ends again and again."""
    family = _children(stack)
    try:
        for child in family:
            child.start(stack.told)
        _wait_until_healthy(stack, family)
        _announce(stack)
        _watch(stack, family)
    finally:
        children.stop(family)


def _children(stack: Stack) -> list[Child]:
    """In the order of starting: the application, the worker, the front door."""
    door = ["door"] if stack.told["GATEWAY"] == "nginx" else []
    logs = stack.installation.logs
    return [Child(n, part.starting(n), logs / f"{n}.log") for n in ("web", "worker", *door)]


def _wait_until_healthy(stack: Stack, family: list[Child]) -> None:
    ours = stack.installation
    deadline = time.monotonic() + START_SECONDS
    while not healthy(f"127.0.0.1:{ours.port}", ours.public_host):
        for child in family:
            if child.has_ended():
                raise StackError(f"{child.name} ended at once: see {child.log}.")
        if time.monotonic() > deadline:
            raise StackError(f"nothing answers: see {stack.installation.logs}.")
        time.sleep(0.1)


def _announce(stack: Stack) -> None:
    print(f"\nStrongroom runs at {stack.installation.public_url}\n")
    print(stack.sign_in.strip(), end="\n\n")
    if stack.told["GATEWAY"] == "stream":
        print("There is no nginx, so the application sends the files itself.")
    elif is_root():
        print("You are root, so nginx runs as root too, for this machine alone.")
    print(f"Logs are in {stack.installation.logs}. Ctrl-C ends it.", flush=True)


def _watch(stack: Stack, family: list[Child]) -> NoReturn:
    looks = 0
    while True:
        time.sleep(LOOK_SECONDS)
        looks += 1
        for child in family:
            if child.has_ended():
                _replace(child, stack)
        if stack.cluster and looks % LOOK_AT_DATABASE == 0 and not stack.cluster.answers():
            print("PostgreSQL ended and is started again.", flush=True)
            stack.cluster.start()


def _replace(child: Child, stack: Stack) -> None:
    if child.dies_too_often():
        raise StackError(f"{child.name} ends again and again: see {child.log}.")
    print(f"{child.name} ended and is started again: see {child.log}.", flush=True)
    children.restart(child, stack.told)
