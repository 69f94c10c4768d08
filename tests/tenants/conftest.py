from pathlib import Path

import pytest
from pytest_django import Settings

from tests.vault.scene import keep_files_in


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: Settings) -> Path:
    """Files of a test lie in its own folder."""
    return keep_files_in(tmp_path / "files", settings)
