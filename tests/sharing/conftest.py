from pathlib import Path

import pytest
from pytest_django import Settings

from sharing.models import Link
from tests.cast import Acme
from tests.sharing.scene import link_to
from tests.vault.scene import keep_files_in
from tests.vault.standing import acme, standing

__all__ = ["acme", "files_root", "link", "standing"]


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: Settings) -> Path:
    return keep_files_in(tmp_path / "files", settings)


@pytest.fixture
def link(acme: Acme) -> Link:
    """Bob shares the contract."""
    return link_to(acme)
