"""The tests' database: the owner makes, migrates and drops it, the application is tested."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.services import postgres
from tests.services.run import run_folder

pytest_plugins = ["tests.cast", "tests.services.stack"]

# Here, in the first process, so that the workers inherit it.
run_folder()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    postgres.connect_as("owner")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Wraps pytest-django's own: by now the owner has made and migrated the database.

    Unless no test of this run asks for `db`, but only for `committed`: then it is made here.
    """
    TransactionTestCase._fixture_teardown = postgres.empty_as_owner
    with django_db_blocker.unblock():
        is_made = str(connection.settings_dict["NAME"]).startswith("test_")
        made = [] if is_made else setup_databases(0, interactive=False, aliases={"default"})
        postgres.connect_as("app")
    yield
    with django_db_blocker.unblock():
        postgres.connect_as("owner")
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its language to the thread, and the next test would speak it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What the test writes is committed and stays: found an organisation of your own.

    For threads, locks, real servers and everything else that one transaction cannot show. Other
    tests do not see it, since they look through organisations of theirs.
    """
    with django_db_blocker.unblock():
        yield
        assert not connection.in_atomic_block
        connection.close()
