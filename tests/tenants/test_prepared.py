"""Statements are prepared: planned once for a connection, and not for each request."""

from collections.abc import Iterator

import pytest
from django.db import connection

from settings import databases
from tests.cast import Acme
from vault.models import Folder
from vault.rights.keyrings import keyring_of

PREPARED = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s"
URL = "postgres://strongroom_app@/strongroom"


@pytest.fixture
def prepares(in_acme: Acme) -> Iterator[Acme]:
    """A connection as production has it."""
    connection.connection.prepare_threshold = databases.PREPARED_AFTER
    yield in_acme
    connection.connection.prepare_threshold = None


def prepared(words: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(PREPARED, [f"%{words}%"])
        return [statement for (statement,) in cursor.fetchall()]


def test_what_is_asked_again_is_prepared_whatever_its_values(prepares: Acme) -> None:
    for number in range(databases.PREPARED_AFTER + 1):
        assert not Folder.objects.filter(name=f"No folder {number}", wall_distance=7).exists()
    (statement,) = [s for s in prepared("wall_distance") if "vault_folder" in s]
    assert "No folder" not in statement


def test_the_keys_of_a_member_are_asked_for_by_a_prepared_statement(prepares: Acme) -> None:
    for _ in range(databases.PREPARED_AFTER + 1):
        keyring_of(prepares.bob)
    assert len(prepared("vault_documentteamgrant")) == 1


@pytest.mark.parametrize(("word", "after"), [("on", databases.PREPARED_AFTER), ("off", None)])
def test_the_machine_may_forbid_it(
    monkeypatch: pytest.MonkeyPatch, word: str, after: int | None
) -> None:
    monkeypatch.setenv("DATABASE_PREPARE", word)
    options = databases.database(URL)["OPTIONS"]
    assert isinstance(options, dict)
    assert options["prepare_threshold"] == after
    assert options["server_side_binding"] is True
