from pathlib import Path

import pytest
from pytest_django import Settings

from tenants.actor import Member
from tests.tenants.scene import begin_a_trail
from tests.vault.scene import keep_files_in


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: Settings) -> Path:
    """Files of a test lie in its own folder."""
    return keep_files_in(tmp_path / "files", settings)


@pytest.fixture
def trail(committed: None) -> Member:
    """The owner of an organisation whose trail is committed."""
    return begin_a_trail()
