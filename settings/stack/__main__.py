"""`make run`: everything from nothing, in the foreground, until Ctrl-C."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from settings.stack.installation import (
    Installation,
    alone,
    environment,
    loopback,
    this_installation,
    write_environment,
)
from settings.stack.nginxbinary import find_nginx
from settings.stack.places import StackError, socket_folder
from settings.stack.postgres import Cluster
from settings.stack.preparing import prepare
from settings.stack.serving import Stack, serve


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
    """With a DATABASE_URL from outside, the database is somebody else's to start and stop."""
    cluster = None if os.environ.get("DATABASE_URL") else Cluster(installation.var)
    try:
        if cluster:
            cluster.start()
        told = _environment(installation, cluster)
        told |= _places(installation, addresses, gateway=told["GATEWAY"])
        sign_in = prepare(installation, told)
        serve(Stack(installation, told, cluster, sign_in))
    finally:
        if cluster:
            cluster.stop()


def _environment(installation: Installation, cluster: Cluster | None) -> dict[str, str]:
    values = environment(
        installation,
        {
            "GATEWAY": "nginx" if find_nginx() else "stream",
            "DATABASE_URL": cluster.url("app") if cluster else "",
            "DATABASE_OWNER_URL": cluster.url("owner") if cluster else "",
        },
    )
    if not values["DATABASE_OWNER_URL"]:
        raise StackError("DATABASE_URL is set, so DATABASE_OWNER_URL must be set too.")
    write_environment(installation, values)
    return os.environ | values | {"STRONGROOM_VAR": str(installation.var)}


def _places(installation: Installation, addresses: list[str], *, gateway: str) -> dict[str, str]:
    """Who listens where: nginx before the application's socket, or the application itself."""
    if gateway == "nginx":
        socket = socket_folder(installation.var) / "web.socket"
        return {"LISTEN": ",".join(addresses), "WEB_ADDRESS": str(socket)}
    return {"WEB_ADDRESS": addresses[0]}


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
