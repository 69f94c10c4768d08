"""The configuration of our PostgreSQL, written anew at every start."""

import os
from pathlib import Path
from typing import Final

from settings.stack.pgbinaries import major_version
from settings.stack.places import Account, caller

# The operating system vouches for the superuser; everybody else brings a password.
HBA: Final = """\
local all {superuser} peer map=superuser
local all all scram-sha-256
"""
SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",  # its folder is closed
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "lc_messages": "C",
    "log_line_prefix": "%m [%p] %u@%d ",
}
WITHOUT_DURABILITY: Final = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # What a test has not committed does not count, and the planner would hear of empty tables.
    "autovacuum": "off",
}


def initdb_options(binaries: Path, superuser: str) -> list[str]:
    """Sorting by code point, alike on every machine: PostgreSQL's own locale where it has one."""
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return [
        f"--username={superuser}",
        "--encoding=UTF8",
        "--data-checksums",
        "--auth-local=peer",
        "--auth-host=reject",
        "--no-instructions",
        *(locale if major_version(binaries) >= 17 else ["--locale=C.UTF-8"]),
    ]


def write(data: Path, sockets: Path, account: Account, *, fast: bool) -> None:
    settings = SETTINGS | {"unix_socket_directories": f'"{sockets}"'}
    settings |= WITHOUT_DURABILITY if fast else {}
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    files = {
        "postgresql.conf": "".join(lines),
        "pg_hba.conf": HBA.format(superuser=account.name),
        "pg_ident.conf": "".join(
            f"superuser {user} {account.name}\n" for user in {caller().name, account.name}
        ),
    }
    for name, text in files.items():
        (data / name).write_text(text)
        (data / name).chmod(0o600)
        account.owns(data / name)


def remove_stale_pid(data: Path) -> None:
    """After kill -9 the number in `postmaster.pid` may belong to somebody else by now."""
    pidfile = data / "postmaster.pid"
    if pidfile.exists() and not _is_postgres(pidfile.read_text().partition("\n")[0].strip()):
        pidfile.unlink()


def _is_postgres(pid: str) -> bool:
    if not Path("/proc/self").exists():
        return True  # let PostgreSQL judge
    try:
        command = Path("/proc", pid, "cmdline").read_bytes()
    except OSError:
        return False
    return os.fsencode("postgres") in command.partition(b"\0")[0]
