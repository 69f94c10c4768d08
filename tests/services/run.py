"""The folder of one test run: made by its first process, shared by the workers that it starts."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

import pytest

from settings.stack.postgres import Cluster

VARIABLE: Final = "STRONGROOM_TEST_RUN"
PREFIX: Final = "strongroom-test-"


def run_folder() -> Path:
    """Where the run's services keep what they make; it goes when the run ends."""
    if VARIABLE not in os.environ:
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        (folder / "owner").write_text(str(os.getpid()))
        os.environ[VARIABLE] = str(folder)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        atexit.register(_end_services, folder)
    return Path(os.environ[VARIABLE])


def missing(what: str) -> str:
    """On a person's machine a missing program skips its tests; in CI it fails them."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI needs it.")
    pytest.skip(f"{what} is missing")


def _sweep() -> None:
    """What a killed run left behind: its server still runs."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder / "owner"
        if owner.exists() and owner.stat().st_uid == os.geteuid() and not _alive(owner):
            _end_services(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _alive(owner: Path) -> bool:
    try:
        os.kill(int(owner.read_text()), 0)
    except ProcessLookupError:
        return False
    return True


def _end_services(folder: Path) -> None:
    if (folder / "var").exists():
        Cluster(folder / "var", fast=True).destroy()
