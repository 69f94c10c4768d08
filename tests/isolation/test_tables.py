"""The second wall by itself: SQL outside of a tenant finds nothing there and changes nothing."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

from tenants.scoping import scope
from tests.house.catalogue import BEHIND_A_FUNCTION, ask, open_tables
from tests.isolation.scene import Two


def count(table: str) -> int:
    return int(ask(f"SELECT count(*) FROM {table}")[0][0])


def changed(statement: str, tenant: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [tenant])
        return int(cursor.rowcount)


def may(right: str, table: str) -> bool:
    return bool(ask("SELECT has_table_privilege(%s, %s)", table, right)[0][0])


@contextmanager
def refused(words: str) -> Iterator[CursorWrapper]:
    with (
        pytest.raises(ProgrammingError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        yield cursor


# Of the trail, PostgreSQL names first the columns that nobody at all may write.
NOT_WRITTEN = "row-level security|permission denied|is a generated column"


@pytest.fixture
def rows(two: Two) -> dict[str, str]:
    """One row of acme's from each table, as JSON."""
    with scope(two.acme.tenant_id):
        found = {t: ask(f"SELECT to_json(t)::text FROM {t} t LIMIT 1") for t in open_tables()}
    assert [table for table, some in found.items() if not some] == []
    return {table: some[0][0] for table, some in found.items()}


def elsewheres(two: Two) -> list[AbstractContextManager[None]]:
    """Outside of acme: with no tenant set, and inside the rival's."""
    return [nullcontext(), scope(two.rival.tenant_id)]


def test_every_table_has_a_row_to_be_found(two: Two) -> None:
    for tenant in (two.acme.tenant_id, two.rival.tenant_id):
        with scope(tenant):
            assert [table for table in sorted(open_tables()) if count(table) == 0] == []


def test_without_a_tenant_nothing_is_there(two: Two) -> None:
    assert [table for table in sorted(open_tables()) if count(table) != 0] == []


def test_inside_a_tenant_only_its_rows_are_there(two: Two) -> None:
    with scope(two.rival.tenant_id):
        for table in sorted(open_tables()):
            assert ask(f"SELECT DISTINCT tenant_id FROM {table}") == [(two.rival.tenant_id,)], (
                table
            )


def test_a_row_is_not_found_from_elsewhere_by_naming_its_tenant(two: Two) -> None:
    for elsewhere in elsewheres(two):
        with elsewhere:
            for table in sorted(open_tables()):
                query = f"SELECT 1 FROM {table} WHERE tenant_id = %s"
                assert ask(query, two.acme.tenant_id) == [], table


def test_a_row_is_not_changed_from_elsewhere(two: Two) -> None:
    tenant = two.acme.tenant_id
    for elsewhere in elsewheres(two):
        with elsewhere:
            for table in sorted(open_tables()):
                theirs = f"{table} SET tenant_id = tenant_id WHERE tenant_id = %s"
                assert not may("UPDATE", table) or changed(f"UPDATE {theirs}", tenant) == 0, table
                theirs = f"{table} WHERE tenant_id = %s"
                assert not may("DELETE", table) or changed(f"DELETE FROM {theirs}", tenant) == 0


def test_a_row_is_not_written_from_elsewhere(two: Two, rows: dict[str, str]) -> None:
    """Row security refuses it, or the application may not write the table at all."""
    for elsewhere in elsewheres(two):
        with elsewhere:
            for table, row in rows.items():
                insert = (
                    f"INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, %s)"
                )
                with refused(NOT_WRITTEN) as cursor:
                    cursor.execute(insert, [row])


def test_a_row_is_not_moved_to_another_tenant(two: Two) -> None:
    with scope(two.acme.tenant_id):
        for table in sorted(open_tables()):
            with refused(NOT_WRITTEN) as cursor:
                cursor.execute(f"UPDATE {table} SET tenant_id = %s", [two.rival.tenant_id])


def test_an_upsert_does_not_reach_another_tenants_row(rows: dict[str, str], two: Two) -> None:
    row = rows["vault_folder"].replace(str(two.acme.tenant_id), str(two.rival.tenant_id))
    with scope(two.rival.tenant_id), refused("row-level security") as cursor:
        cursor.execute(
            "INSERT INTO vault_folder SELECT * FROM json_populate_record(NULL::vault_folder, %s)"
            " ON CONFLICT (id) DO UPDATE SET name = 'taken'",
            [row],
        )


def test_row_security_cannot_be_switched_off(two: Two) -> None:
    """PostgreSQL raises instead of showing all."""
    with refused("would be affected by row-level security") as cursor:
        cursor.execute("SET LOCAL row_security = off")
        cursor.execute("SELECT count(*) FROM vault_document")


@pytest.mark.parametrize("role", ["strongroom_owner", "strongroom_backup"])
def test_no_other_role_can_be_taken_on(db: None, role: str) -> None:
    with refused("permission denied to set role") as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


def test_no_table_is_emptied(db: None) -> None:
    for table in sorted(open_tables()):
        with refused("permission denied") as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_names_for_searching_are_out_of_reach(two: Two) -> None:
    for elsewhere in (*elsewheres(two), scope(two.acme.tenant_id)):
        with elsewhere:
            for table in sorted(BEHIND_A_FUNCTION):
                with refused("permission denied") as cursor:
                    cursor.execute(f"SELECT * FROM {table}")


def test_a_search_finds_in_the_tenant_in_scope_alone(two: Two) -> None:
    found = "SELECT count(*) FROM vault_documents_named(ARRAY['%canary%', '%'])"
    for elsewhere in elsewheres(two):
        with elsewhere:
            assert ask(found) == [(0,)]
    with scope(two.acme.tenant_id):
        assert ask(found) != [(0,)]
