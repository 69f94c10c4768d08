"""What is brought up to date before anyone is served."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from settings.stack import javascript, part
from settings.stack.installation import PROJECT, Installation
from settings.stack.places import StackError
from settings.stack.stamps import when_changed


def prepare(installation: Installation, told: Mapping[str, str]) -> str:
    """Bring JavaScript, database, static files and demo up to date; answers how to sign in."""
    javascript.build()
    log = installation.logs / "manage.log"
    _run(part.starting("prepare"), told=told, log=log)
    installation.folder("STATIC_ROOT", "static").mkdir(parents=True, exist_ok=True)
    when_changed(
        installation.var / "static.stamp",
        [PROJECT / "static", PROJECT / "requirements.txt"],
        lambda: print(_manage("collectstatic", "--noinput", "-v0", told=told, log=log), end=""),
    )
    return _manage("demo", told=told, log=log)


def _manage(*arguments: str, told: Mapping[str, str], log: Path) -> str:
    return _run([sys.executable, "manage.py", *arguments], told=told, log=log)


def _run(command: list[str], *, told: Mapping[str, str], log: Path) -> str:
    """What the command prints. Its log lines go to a file, whose end is shown if it fails."""
    with log.open("a", encoding="utf-8") as lines:
        answer = subprocess.run(
            command,
            cwd=PROJECT,
            env=told,
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
            check=False,
        )
    if answer.returncode:
        print(*log.read_text(encoding="utf-8").splitlines()[-15:], sep="\n", file=sys.stderr)
        raise StackError(f"{' '.join(command[1:4])} failed: see {log}.")
    return answer.stdout
