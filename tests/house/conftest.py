from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import found_acme, found_rival
from tests.house.doors import Scene, set_scene
from tests.house.storing import files_in


@pytest.fixture(scope="session")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def files_root(kept_files: Path) -> Iterator[Path]:
    with files_in(kept_files):
        yield kept_files


@pytest.fixture(scope="session")
def committed_scene(
    kept_files: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Scene:
    with django_db_blocker.unblock(), files_in(kept_files):
        scene = set_scene(found_acme(), found_rival())
        connection.close()
    return scene


@pytest.fixture
def scene(db: None, committed_scene: Scene) -> Scene:
    """Set once, and found as it was by each test: whatever they do to it is undone."""
    return committed_scene
