"""One acme for the whole run: what a test changes of it is rolled back with the test.

To found it takes some two hundred queries, and most tests want it as it was founded. Tests that
commit found their own.
"""

import shutil
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Acme, found_acme
from tests.vault.scene import vault_in


@dataclass(frozen=True, slots=True)
class Standing:
    acme: Acme
    files: Path


@pytest.fixture(scope="session")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Standing:
    files = tmp_path_factory.mktemp("standing") / "files"
    storages = vault_in(files, settings.STORAGES)
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):
        acme = found_acme()
        connection.close()
    return Standing(acme, files)


@pytest.fixture
def acme(standing: Standing, db: None, files_root: Path) -> Acme:
    """With rows and bytes of the test's own."""
    shutil.copytree(standing.files, files_root, dirs_exist_ok=True)
    found = standing.acme
    return replace(
        found, root=copy(found.root), folder=copy(found.folder), contract=copy(found.contract)
    )
