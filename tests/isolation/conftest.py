from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import Acme, Rival
from tests.isolation.scene import Two, furnish_rival, mark_acme
from tests.vault.scene import keep_files_in


@pytest.fixture(autouse=True)
def files_root(tmp_path: Path, settings: Settings) -> Path:
    """Files of a test lie in its own folder."""
    return keep_files_in(tmp_path / "files", settings)


@pytest.fixture
def two(acme: Acme, rival: Rival) -> Two:
    ours, canaries = mark_acme(acme)
    hers = furnish_rival(rival.slug, rival.mallory, rival.root)
    return Two(acme, ours, canaries, rival, hers)
