"""The running stack: application, worker and front door, with the database under them."""

import http.client
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from settings.stack import children, nginx, web
from settings.stack.children import Child
from settings.stack.installation import Installation
from settings.stack.places import StackError, is_root, socket_folder
from settings.stack.postgres import Cluster

START_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.5
LOOK_AT_DATABASE: Final = 10  # every so many looks


@dataclass(frozen=True, slots=True)
class Stack:
    """`cluster` is nobody's business here when the database is somebody else's."""

    installation: Installation
    addresses: list[str]
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
    logs = stack.installation.logs
    worker = [sys.executable, "manage.py", "procrastinate", "worker"]
    program = nginx.find_nginx()
    socket = socket_folder(stack.installation.var) / "web.socket"
    bind = socket if program else stack.installation.port
    family = [
        Child("web", web.command(bind), logs / "web.log", leaves=socket),
        Child("worker", worker, logs / "worker.log"),
    ]
    if program:
        conf = _front_door(stack, socket)
        family.append(Child("nginx", nginx.command(program, conf), logs / "nginx.log"))
    return family


def _front_door(stack: Stack, socket: Path) -> Path:
    ours = stack.installation
    site = nginx.Site(
        listen=tuple(stack.addresses),
        upstream=socket,
        files_root=ours.folder("FILES_ROOT", "files"),
        static_root=ours.folder("STATIC_ROOT", "static"),
        run=ours.var / "nginx",
        logs=ours.logs,
        public_url=ours.public_url,
    )
    return nginx.render(site, into=ours.var / "nginx")


def _wait_until_healthy(stack: Stack, family: list[Child]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(stack.installation.port):
        for child in family:
            if child.has_ended():
                raise StackError(f"{child.name} ended at once: see {child.log}.")
        if time.monotonic() > deadline:
            raise StackError(f"nothing answers: see {stack.installation.logs}.")
        time.sleep(0.1)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(stack: Stack) -> None:
    print(f"\nStrongroom runs at {stack.installation.public_url}\n")
    print(stack.sign_in.strip(), end="\n\n")
    if stack.told["GATEWAY"] == "stream":
        print("nginx was not found, so the application sends the files itself.")
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
