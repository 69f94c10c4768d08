"""A row of one tenant cannot point at another's, by any key that there is.

The keys come from the catalogue, so a new one is tried as soon as it exists.
"""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tenants.scoping import scope
from tests.house.catalogue import ForeignKey, ask, keys_inside_tenants, open_tables
from tests.isolation.scene import Two


def keys_in_reach() -> list[ForeignKey]:
    """Of the tables that the application writes; into the others, a trigger writes what fits."""
    return [
        key
        for key in keys_inside_tenants()
        if key.table in open_tables()
        and ask("SELECT has_table_privilege(%s, 'UPDATE')", key.table) == [(True,)]
    ]


def pointing(key: ForeignKey) -> tuple[str, str]:
    """The column that points, and the one that it points at; beside them both have the tenant."""
    (column,) = set(key.columns) - {"tenant_id"}
    (target,) = set(key.target_columns) - {"tenant_id"}
    return column, target


def point(key: ForeignKey, at: Any) -> None:
    """Turn one row's pointer, and ask for the check that COMMIT would make."""
    column, _ = pointing(key)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {key.table} SET {column} = %s"
            f" WHERE ctid = (SELECT ctid FROM {key.table} WHERE {column} IS NOT NULL LIMIT 1)",
            [at],
        )
        assert cursor.rowcount == 1, key
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_key_reaches_another_tenants_row(two: Two) -> None:
    for key in keys_in_reach():
        _, target = pointing(key)
        with scope(two.rival.tenant_id):
            ((theirs,),) = ask(f"SELECT {target} FROM {key.target} LIMIT 1")
        with scope(two.acme.tenant_id), pytest.raises(IntegrityError) as refused:
            point(key, theirs)
        assert refused.value.__cause__.diag.constraint_name == key.name  # type: ignore[union-attr]


def test_every_key_reaches_a_row_of_its_own_tenant(two: Two) -> None:
    """So that the refusals above are about the tenant."""
    for key in keys_in_reach():
        column, _ = pointing(key)
        with scope(two.acme.tenant_id):
            ((ours,),) = ask(
                f"SELECT {column} FROM {key.table} WHERE {column} IS NOT NULL LIMIT 1"
            )
            point(key, ours)


def test_a_key_is_given_only_to_a_member(two: Two) -> None:
    """A person of another organisation exists, and still cannot hold one here."""
    stranger = two.rival.mallory.user_id
    grants = [key for key in keys_inside_tenants() if key.columns == ("tenant_id", "user_id")]
    assert {key.target for key in grants} == {"tenants_membership"}
    for key in grants:
        with scope(two.acme.tenant_id), pytest.raises(IntegrityError):
            point(key, stranger)
