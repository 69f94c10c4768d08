"""A crowd of organisations, written as fast as PostgreSQL can: straight rows, no flows.

A superuser writes with triggers at rest, and then everything that triggers and flows would have
kept (closure, walls, counts, periods, names, room) is written from the same rows. Documents of
all organisations lie mixed, in the order in which they were filed, as they would in a year's use.

In the first organisation, which has a fifth of everything, nobody is let in at the root, and its
first people hold few keys that one knows; in every second other one, everyone may read all.
"""

import time
from dataclasses import asdict, dataclass
from typing import Final, LiteralString

import psycopg

from tests.bench.rows import GRANTS, GROUND, KEPT, PAPERS

type Superuser = psycopg.Connection[tuple[object, ...]]

# Filled with their secondary indexes away: sorting once is quicker than a million insertions.
LARGE: Final = (
    "vault_document",
    "vault_documentname",
    "vault_version",
    "vault_blob",
    "vault_documentusergrant",
    "vault_documentteamgrant",
    "vault_grantperiod",
    "vault_placeperiod",
)
SECONDARY: Final = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS
        (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""


@dataclass(frozen=True, slots=True)
class Size:
    documents: int
    tenants: int
    folders: int
    people: int
    teams: int

    @property
    def database(self) -> str:
        return f"bench_{self.documents}"


MILLION: Final = Size(1_000_000, 100, 50_000, 10_000, 2_000)
TEN_THOUSAND: Final = Size(10_000, 10, 500, 150, 40)
TINY: Final = Size(600, 3, 200, 75, 9)
TINIER: Final = Size(300, 2, 150, 70, 6)


def seed(superuser: Superuser, size: Size) -> None:
    """Into a database that is migrated and empty."""
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("SET maintenance_work_mem = '512MB'")
    superuser.execute("SELECT setseed(0.42)")
    for name, number in asdict(size).items():
        superuser.execute("SELECT set_config(%s, %s, false)", [f"bench.{name}", str(number)])
    run(superuser, GROUND)
    indexes = superuser.execute(SECONDARY, [list(LARGE)]).fetchall()
    for name, _ in indexes:
        superuser.execute(f"DROP INDEX {name}".encode())
    for part in (PAPERS, GRANTS, KEPT):
        run(superuser, part)
    for _, definition in indexes:
        superuser.execute(str(definition).encode())
    superuser.execute("RESET session_replication_role")
    superuser.execute("CHECKPOINT")


def run(superuser: Superuser, statements: tuple[LiteralString, ...]) -> None:
    for statement in statements:
        start = time.monotonic()
        superuser.execute(statement)
        if (took := time.monotonic() - start) > 1:
            print(f"  {took:6.1f} s  {' '.join(statement.split())[:80]}", flush=True)
