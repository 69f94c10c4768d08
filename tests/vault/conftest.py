from pathlib import Path

import pytest
from pytest_django import Settings

from tests.vault.scene import keep_files_in
from tests.vault.standing import acme, standing

__all__ = ["acme", "files_root", "standing"]


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: Settings) -> Path:
    """A storage of the test's own, so that what lies in it can be counted."""
    return keep_files_in(tmp_path / "files", settings)
