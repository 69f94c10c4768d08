"""The second wall by itself: SQL without a tenant, or with another's, finds and changes nothing."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from tenants.scoping import scope
from tests.house.catalogue import ask, tenant_tables
from tests.isolation.conftest import Two


def count(table: str) -> int:
    return int(ask(f"SELECT count(*) FROM {table}")[0][0])


def changed(statement: str, *values: object) -> int:
    """How many rows a statement changed, and undo it. None where PostgreSQL refuses it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            rows = cursor.rowcount
            transaction.set_rollback(True)
    except ProgrammingError as refused:
        assert "permission denied" in str(refused), refused
        return 0
    return rows


@pytest.fixture
def rows(two: Two) -> dict[str, str]:
    """One row of acme's from each table, as JSON."""
    with scope(two.acme.tenant_id):
        found = {t: ask(f"SELECT to_json(t)::text FROM {t} t LIMIT 1") for t in tenant_tables()}
    assert [table for table, some in found.items() if not some] == []
    return {table: some[0][0] for table, some in found.items()}


@pytest.fixture(params=["no tenant", "another's"])
def elsewhere(request: pytest.FixtureRequest, two: Two) -> Iterator[str]:
    """Outside of acme: with no tenant set, and inside the rival's."""
    if request.param == "no tenant":
        yield request.param
    else:
        with scope(two.rival.tenant_id):
            yield request.param


def test_every_table_has_a_row_to_be_found(two: Two) -> None:
    for tenant in (two.acme.tenant_id, two.rival.tenant_id):
        with scope(tenant):
            assert [table for table in sorted(tenant_tables()) if count(table) == 0] == []


def test_without_a_tenant_nothing_is_there(two: Two) -> None:
    assert [table for table in sorted(tenant_tables()) if count(table) != 0] == []


def test_inside_a_tenant_only_its_rows_are_there(two: Two) -> None:
    with scope(two.rival.tenant_id):
        for table in sorted(tenant_tables()):
            assert ask(f"SELECT DISTINCT tenant_id FROM {table}") == [(two.rival.tenant_id,)], table


def test_a_row_is_not_found_from_elsewhere_by_naming_its_tenant(two: Two, elsewhere: str) -> None:
    for table in sorted(tenant_tables()):
        rows = ask(f"SELECT 1 FROM {table} WHERE tenant_id = %s", two.acme.tenant_id)
        assert rows == [], (table, elsewhere)


def test_a_row_is_not_changed_from_elsewhere(two: Two, elsewhere: str) -> None:
    tenant = two.acme.tenant_id
    for table in sorted(tenant_tables()):
        update = f"UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = %s"
        assert changed(update, tenant) == 0, (table, elsewhere)
        assert changed(f"DELETE FROM {table} WHERE tenant_id = %s", tenant) == 0, table


def test_a_row_is_not_written_from_elsewhere(rows: dict[str, str], elsewhere: str) -> None:
    """Row security refuses it, or the application may not write the table at all."""
    for table, row in rows.items():
        insert = f"INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, %s)"
        with (
            pytest.raises(ProgrammingError, match="row-level security|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(insert, [row])


def test_a_row_is_not_moved_to_another_tenant(two: Two) -> None:
    with scope(two.acme.tenant_id):
        for table in sorted(tenant_tables()):
            with (
                pytest.raises(ProgrammingError, match="row-level security|permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE {table} SET tenant_id = %s", [two.rival.tenant_id])


def test_an_upsert_does_not_reach_another_tenants_row(rows: dict[str, str], two: Two) -> None:
    """A primary key is unique over all tenants: whoever guesses one learns no more than that."""
    upsert = (
        "INSERT INTO vault_folder SELECT * FROM json_populate_record(NULL::vault_folder, %s)"
        " ON CONFLICT (id) DO UPDATE SET name = 'taken'"
    )
    row = rows["vault_folder"].replace(str(two.acme.tenant_id), str(two.rival.tenant_id))
    with (
        scope(two.rival.tenant_id),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(upsert, [row])


@pytest.mark.parametrize("statement", ["SET row_security = off", "RESET ROLE", "SELECT 1"])
def test_the_wall_cannot_be_talked_away(two: Two, statement: str) -> None:
    """With `row_security = off` PostgreSQL raises instead of showing less than all."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        try:
            cursor.execute("SELECT count(*) FROM vault_document")
        except ProgrammingError as refused:
            assert "would be affected by row-level security" in str(refused)
        else:
            assert cursor.fetchone() == (0,)
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["strongroom_owner", "strongroom_backup"])
def test_no_other_role_can_be_taken_on(two: Two, role: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied to set role"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET LOCAL ROLE {role}")


def test_no_table_is_emptied(two: Two) -> None:
    for table in sorted(tenant_tables()):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")
