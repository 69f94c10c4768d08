"""The PostgreSQL of the figures, with settings as durable as production's, and its crowds.

A crowd is made once and kept: its database is named by its size, and its comment says what it was
made from. Whoever measures is the application's role.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.db import connection
from psycopg import sql

from settings.databases import database
from settings.stack import pgroles
from settings.stack.installation import PROJECT
from settings.stack.postgres import Cluster
from tests.bench.seeding import Size, Superuser, seed
from vault.models.grants import permission_for, roles_by_permission

MADE_FROM: Final = ("tests/bench/rows.py", "tests/bench/seeding.py", "vault/migrations")


def settle(cluster: Cluster, size: Size) -> None:
    """The crowd of this size is there, and tidy, as autovacuum would have it in time."""
    mark = recipe()
    with cluster.superuser("postgres") as superuser:
        is_there = comment_on(superuser, size.database) == mark
    if not is_there:
        make(cluster, size, mark)
    with cluster.superuser(size.database) as superuser:
        superuser.execute("VACUUM (ANALYZE)")


def make(cluster: Cluster, size: Size, mark: str) -> None:
    """A million documents take some minutes, once."""
    print(f"Making {size.documents} documents ...", flush=True)
    with cluster.superuser("postgres") as superuser:
        make_empty(superuser, size.database)
    with cluster.superuser(size.database) as superuser:
        pgroles.settle_extensions(superuser)
        migrate(cluster, size.database)
        seed(superuser, size)
        superuser.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(size.database), sql.Literal(mark)
            )
        )


def recipe() -> str:
    digest = hashlib.sha256()
    for name in MADE_FROM:
        path = PROJECT / name
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def comment_on(superuser: Superuser, name: str) -> object:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    row = superuser.execute(query, [name]).fetchone()
    return row[0] if row else None


def make_empty(superuser: Superuser, name: str) -> None:
    for statement in (
        "DROP DATABASE IF EXISTS {}",
        "CREATE DATABASE {} OWNER strongroom_owner",
        "REVOKE ALL ON DATABASE {} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {} TO strongroom_app",
    ):
        superuser.execute(sql.SQL(statement).format(sql.Identifier(name)))


def migrate(cluster: Cluster, name: str) -> None:
    told = os.environ | {
        "DATABASE_URL": cluster.url("app", name),
        "DATABASE_OWNER_URL": cluster.url("owner", name),
    }
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=PROJECT, env=told, check=True)


def stand_on(cluster: Cluster, size: Size) -> None:
    """From here on this process asks that database, as the application."""
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(database(cluster.url("app", size.database)))
    roles_by_permission.cache_clear()
    permission_for.cache_clear()


def cluster_in(var: Path, *, fast: bool) -> Cluster:
    cluster = Cluster(var, fast=fast)
    cluster.start()
    return cluster
