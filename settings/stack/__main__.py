"""`make run`: everything from nothing, in the foreground, until Ctrl-C."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from settings.stack import children, javascript, nginx, web
from settings.stack.children import Child
from settings.stack.installation import (
    PROJECT,
    Installation,
    alone,
    environment,
    loopback,
    this_installation,
    write_environment,
)
from settings.stack.places import StackError, is_root, socket_folder
from settings.stack.postgres import Cluster
from settings.stack.stamps import when_changed

START_SECONDS: Final = 60.0
type Environment = Mapping[str, str]


def main() -> int:
    os.umask(0o077)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        installation = this_installation()
        addresses = loopback(installation.port)
        with alone(installation):
            _run(installation, addresses)
    except StackError as error:
        print(f"\nStrongroom stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def _run(installation: Installation, addresses: list[str]) -> None:
    cluster = None if os.environ.get("DATABASE_URL") else Cluster(installation.var)
    try:
        if cluster:
            cluster.start()
        told = _environment(installation, cluster)
        javascript.build()
        sign_in = _prepare(installation, told)
        _serve(installation, addresses, told, sign_in)
    finally:
        if cluster:
            cluster.stop()


def _environment(installation: Installation, cluster: Cluster | None) -> Environment:
    program = nginx.find_nginx()
    values = environment(
        installation,
        {
            "GATEWAY": "nginx" if program else "stream",
            "DATABASE_URL": cluster.url("app") if cluster else "",
            "DATABASE_OWNER_URL": cluster.url("owner") if cluster else "",
        },
    )
    if not values["DATABASE_OWNER_URL"]:
        raise StackError("DATABASE_URL is set, so DATABASE_OWNER_URL must be set too.")
    write_environment(installation, values)
    return os.environ | values | {"STRONGROOM_VAR": str(installation.var)}


def _prepare(installation: Installation, told: Environment) -> str:
    """Bring database, static files and demo up to date; answers how to sign in."""
    log = installation.logs / "manage.log"
    # The checks ask whether the application's role is bound; this is the owner's.
    _manage("migrate", "--skip-checks", "-v0", told=told, log=log)
    installation.folder("STATIC_ROOT", "static").mkdir(parents=True, exist_ok=True)
    when_changed(
        installation.var / "static.stamp",
        [PROJECT / "static", PROJECT / "requirements.txt"],
        lambda: print(_manage("collectstatic", "--noinput", "-v0", told=told, log=log), end=""),
    )
    return _manage("demo", told=told, log=log)


def _manage(*arguments: str, told: Environment, log: Path) -> str:
    """What the command prints. Its log lines go to a file, whose end is shown if it fails."""
    with log.open("a", encoding="utf-8") as lines:
        answer = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=told,
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
            check=False,
        )
    if answer.returncode:
        print(*log.read_text(encoding="utf-8").splitlines()[-15:], sep="\n", file=sys.stderr)
        raise StackError(f"manage.py {arguments[0]} failed: see {log}.")
    return answer.stdout


def _serve(
    installation: Installation, addresses: list[str], told: Environment, sign_in: str
) -> None:
    stack = _children(installation, addresses)
    try:
        for child in stack:
            child.start(told)
        _wait_until_healthy(installation, stack)
        _announce(installation, sign_in, told)
        _watch(stack, told)
    finally:
        children.stop(stack)


def _children(installation: Installation, addresses: list[str]) -> list[Child]:
    """In the order of starting: the application, the worker, the front door."""
    logs = installation.logs
    worker = [sys.executable, "manage.py", "procrastinate", "worker"]
    program = nginx.find_nginx()
    socket = socket_folder(installation.var) / "web.socket"
    bind = socket if program else installation.port
    stack = [
        Child("web", web.command(bind), logs / "web.log", leaves=socket),
        Child("worker", worker, logs / "worker.log"),
    ]
    if program:
        conf = _front_door(installation, addresses, socket)
        stack.append(Child("nginx", nginx.command(program, conf), logs / "nginx.log"))
    return stack


def _front_door(installation: Installation, addresses: list[str], socket: Path) -> Path:
    site = nginx.Site(
        listen=tuple(addresses),
        upstream=socket,
        files_root=installation.folder("FILES_ROOT", "files"),
        static_root=installation.folder("STATIC_ROOT", "static"),
        run=installation.var / "nginx",
        logs=installation.logs,
        public_url=installation.public_url,
    )
    return nginx.render(site, into=installation.var / "nginx")


def _wait_until_healthy(installation: Installation, stack: list[Child]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(installation.port):
        for child in stack:
            if child.has_ended():
                raise StackError(f"{child.name} ended at once: see {child.log}.")
        if time.monotonic() > deadline:
            raise StackError(f"no answer on port {installation.port}: see {installation.logs}.")
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


def _announce(installation: Installation, sign_in: str, told: Environment) -> None:
    print(f"\nStrongroom runs at {installation.public_url}\n")
    print(sign_in.strip(), end="\n\n")
    if told["GATEWAY"] == "stream":
        print("nginx was not found, so the application sends the files itself.")
    elif is_root():
        print("You are root, so nginx runs as root too, for this machine alone.")
    print(f"Logs are in {installation.logs}. Ctrl-C ends it.", flush=True)


def _watch(stack: list[Child], told: Environment) -> NoReturn:
    while True:
        time.sleep(0.5)
        for child in stack:
            if child.has_ended():
                if child.dies_too_often():
                    raise StackError(f"{child.name} ends again and again: see {child.log}.")
                print(f"{child.name} ended and is started again: see {child.log}.", flush=True)
                children.restart(child, told)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
