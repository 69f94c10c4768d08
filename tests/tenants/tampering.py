"""What somebody with the owner's password could do to a trail, and undoing it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg

from tests.services import postgres

type Owner = psycopg.Connection[tuple[object, ...]]
# Each with the columns that are written; the others PostgreSQL reads out of the body.
TABLES = {
    "tenants_auditevent": "id, tenant_id, body, seq, hash",
    "tenants_audithead": "tenant_id, seq, hash",
}


@contextmanager
def the_owner(tenant_id: UUID) -> Iterator[Owner]:
    """The owner in one tenant, with the triggers out of the way. What was there comes back."""
    with psycopg.connect(postgres.database_url("owner"), autocommit=True) as owner:
        owner.execute("SELECT set_config('strongroom.tenant', %s, false)", [str(tenant_id)])
        for table, columns in TABLES.items():
            owner.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT {columns} FROM {table}")
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield owner
        finally:
            for table, columns in TABLES.items():
                owner.execute(f"DELETE FROM {table}")
                owner.execute(f"INSERT INTO {table} ({columns}) SELECT * FROM kept_{table}")
                owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
