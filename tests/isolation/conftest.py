from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import found_acme, found_rival
from tests.house.storing import files_in
from tests.isolation.scene import Two, furnish_rival, mark_acme


@pytest.fixture(scope="session")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def files_root(kept_files: Path) -> Iterator[Path]:
    with files_in(kept_files):
        yield kept_files


@pytest.fixture(scope="session")
def committed_two(
    kept_files: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Two:
    with django_db_blocker.unblock(), files_in(kept_files):
        acme, rival = found_acme(), found_rival()
        ours, canaries = mark_acme(acme)
        hers = furnish_rival(rival.slug, rival.mallory, rival.root)
        connection.close()
    return Two(acme, ours, canaries, rival, hers)


@pytest.fixture
def two(db: None, committed_two: Two) -> Two:
    """Set once, and found as they were by each test: whatever they do to them is undone."""
    return committed_two
