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
from urllib.parse import urlsplit

from settings.stack.kept import kept, random_hex, write_private
from settings.stack.places import StackError

PROJECT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Installation:
    var: Path
    port: int

    @property
    def logs(self) -> Path:
        return self.folder("LOGS_ROOT", "logs")

    @property
    def public_url(self) -> str:
        return os.environ.get("PUBLIC_URL") or f"http://localhost:{self.port}"

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @property
    def server_names(self) -> tuple[str, ...]:
        """With TLS the host is part of what is promised, so the door answers to no other."""
        known = (self.public_host, *listed("ALLOWED_HOSTS"))
        return known if self.public_url.startswith("https:") else ()

    @property
    def web(self) -> Path | str:
        """Where the application listens: a socket's path, or HOST:PORT."""
        where = os.environ.get("WEB_ADDRESS") or str(self.var / "web.socket")
        return Path(where) if where.startswith("/") else where

    @property
    def listen(self) -> tuple[str, ...]:
        return listed("LISTEN") or (f"127.0.0.1:{self.port}",)

    @property
    def trusted_proxies(self) -> tuple[str, ...]:
        return listed("TRUSTED_PROXIES")

    def folder(self, variable: str, name: str) -> Path:
        return Path(os.environ.get(variable) or self.var / name).resolve()


def this_installation() -> Installation:
    var = Path(os.environ.get("STRONGROOM_VAR") or PROJECT / "var").resolve()
    return Installation(var, number("PORT", 8000, most=65535))


def number(variable: str, default: int, *, most: int = 1024) -> int:
    value = os.environ.get(variable) or str(default)
    if not value.isdecimal() or not 0 < int(value) <= most:
        raise StackError(f"{variable} must be a number from 1 to {most}, not {value!r}.")
    return int(value)


def listed(variable: str) -> tuple[str, ...]:
    """What stands there between commas."""
    parts = (part.strip() for part in os.environ.get(variable, "").split(","))
    return tuple(part for part in parts if part)


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
