"""One installation on one machine: its folder, its port, and what its processes are told."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from settings.stack.kept import kept, random_hex, write_private
from settings.stack.places import StackError

PROJECT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Installation:
    var: Path
    port: int

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def public_url(self) -> str:
        return os.environ.get("PUBLIC_URL") or f"http://localhost:{self.port}"

    def folder(self, variable: str, name: str) -> Path:
        return Path(os.environ.get(variable) or self.var / name).resolve()


def this_installation() -> Installation:
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StackError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    var = Path(os.environ.get("STRONGROOM_VAR") or PROJECT / "var").resolve()
    return Installation(var, int(port))


@contextmanager
def alone(installation: Installation) -> Iterator[None]:
    """Two stacks on one `var/` would fight for its files."""
    for folder in (installation.var, installation.logs):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (installation.var / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StackError(
                f"{installation.var} is in use by another `make run`. "
                "Set STRONGROOM_VAR and PORT to run a second installation beside it."
            ) from error
        yield


def loopback(port: int) -> list[str]:
    """The addresses to listen on; refuses when somebody else has the port."""
    hosts = {"127.0.0.1": socket.AF_INET, "[::1]": socket.AF_INET6}
    return [
        f"{shown}:{port}"
        for shown, family in hosts.items()
        if _is_ours_to_take(family, shown.strip("[]"), port)
    ]


def environment(installation: Installation, database: dict[str, str]) -> dict[str, str]:
    """What the application's processes read. What the caller has set wins."""
    secrets = installation.var / "secrets"
    values = {
        "DJANGO_SETTINGS_MODULE": "settings.development",
        "PORT": str(installation.port),
        "PUBLIC_URL": installation.public_url,
        "SECRET_KEY": kept(secrets, "secret_key"),
        "TOKEN_KEYS": kept(secrets, "token_keys", lambda: f"1:{random_hex()}"),
        **database,
    }
    return {name: os.environ.get(name) or value for name, value in values.items()}


def write_environment(installation: Installation, values: dict[str, str]) -> None:
    """For `manage.py` in another terminal."""
    lines = [f"{name}='{value}'\n" for name, value in sorted(values.items())]
    write_private(installation.var / "env", "".join(lines))


def _is_ours_to_take(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Whether this machine has the address; raises when the port is taken or forbidden."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError as error:
        raise StackError(f"You may not use port {port}: choose one above 1023.") from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return False
        free = f"make run PORT={port + 1}"
        raise StackError(f"Port {port} is taken. Choose another: {free}") from error
    return True
