"""Where a running installation keeps what may not lie in `var/`.

A Unix socket's path may have 107 bytes at most, so sockets get a short folder; and PostgreSQL
refuses to run as root, while `var/` may lie under a home that only root may enter, so root's
database gets a folder of the system's.
"""

import fcntl
import hashlib
import os
import pwd
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SERVICE_USER: Final = "strongroom-db"
STATE: Final = Path("/var/lib/strongroom")
LONGEST_SOCKET: Final = 107 - len("/postgres/.s.PGSQL.5432.lock")


class StackError(Exception):
    """Something keeps the stack from starting; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system that a program runs as."""

    name: str
    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def is_root() -> bool:
    return os.geteuid() == 0


def caller() -> Account:
    entry = pwd.getpwuid(os.geteuid())
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def database_account() -> Account:
    """Who PostgreSQL runs as: the caller, or the service user when that is root."""
    if not is_root():
        return caller()
    with _one_at_a_time():
        try:
            entry = pwd.getpwnam(SERVICE_USER)
        except KeyError:
            entry = _add_service_user()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def short_name(var: Path) -> str:
    """Eight hexadecimal digits that stand for one installation on this machine."""
    return hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:8]


def state_folder(var: Path) -> Path:
    """Where the database's files lie: in `var/`, or in the system's state folder for root."""
    if not is_root():
        return private_folder(var / "postgres")
    return _state() / short_name(var)


def socket_folder(var: Path) -> Path:
    """The installation's folder of sockets, its own and nobody else's."""
    for base in _socket_bases():
        folder = base / short_name(var)
        if len(os.fsencode(folder)) <= LONGEST_SOCKET:
            private_folder(base)
            return private_folder(folder)
    raise StackError("No folder with a path short enough for a socket was found.")


def private_folder(path: Path) -> Path:
    """The folder, made when missing, and refused when another user could have put it there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise StackError(f"{path} is not a folder of your own: remove it and start again.")
    # Root's service user must pass through, but see nothing.
    path.chmod(0o711 if is_root() else 0o700)
    return path


def _socket_bases() -> list[Path]:
    if is_root() and os.access("/run", os.W_OK):
        return [Path("/run/strongroom")]
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    in_session = [Path(session, "strongroom")] if session and os.access(session, os.W_OK) else []
    return [*in_session, Path(f"/tmp/strongroom-{os.geteuid()}")]  # noqa: S108  checked to be ours


def _state() -> Path:
    """The system's state folder of ours: anyone may pass through, nobody may look around."""
    STATE.mkdir(parents=True, exist_ok=True)
    STATE.chmod(0o711)
    return STATE


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two that add the same user at once leave a user that is half there."""
    with (_state() / "users.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _add_service_user() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--user-group"]
    try:
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", SERVICE_USER], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StackError(
            f"PostgreSQL does not run as root. Add the user {SERVICE_USER} for it, "
            "set DATABASE_URL, or run this as an ordinary user."
        ) from error
    return pwd.getpwnam(SERVICE_USER)
