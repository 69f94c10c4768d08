"""What a superuser settles once: the three roles, the database, the extensions.

The owner migrates, the application serves and owns nothing, the backup reads past row security
and writes nothing. Running it again repairs what differs.
"""

from collections.abc import Mapping
from typing import Final, LiteralString

import psycopg
from psycopg import sql

DATABASE: Final = "strongroom"
ROLES: Final[Mapping[str, LiteralString]] = {
    "strongroom_owner": "LOGIN NOCREATEDB NOCREATEROLE NOSUPERUSER NOBYPASSRLS",
    "strongroom_app": "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE NOSUPERUSER NOBYPASSRLS",
    "strongroom_backup": "LOGIN INHERIT NOCREATEDB NOCREATEROLE NOSUPERUSER BYPASSRLS",
}
# The tests make databases of their own.
ROLES_OF_TESTS: Final[Mapping[str, LiteralString]] = {
    **ROLES,
    "strongroom_owner": "LOGIN CREATEDB NOCREATEROLE NOSUPERUSER NOBYPASSRLS",
}
EXTENSIONS: Final = ("pg_trgm", "unaccent", "btree_gin")

type Superuser = psycopg.Connection[tuple[object, ...]]


def settle_roles(
    superuser: Superuser,
    passwords: Mapping[str, str],
    roles: Mapping[str, LiteralString] = ROLES,
) -> None:
    """Make or mend the roles. The server and its log see the passwords' verifiers only."""
    for role, attributes in roles.items():
        if not _exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            superuser.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
        verifier = superuser.pgconn.encrypt_password(
            passwords[role].encode(), role.encode(), b"scram-sha-256"
        )
        superuser.execute(
            sql.SQL("ALTER ROLE {} WITH {} PASSWORD {}").format(
                sql.Identifier(role), sql.SQL(attributes), sql.Literal(verifier.decode())
            )
        )
    superuser.execute("GRANT pg_read_all_data TO strongroom_backup")


def settle_database(superuser: Superuser) -> None:
    """Make the database, and shut everybody out who is not named."""
    if not _exists(superuser, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
        superuser.execute("CREATE DATABASE strongroom OWNER strongroom_owner")
    superuser.execute("REVOKE ALL ON DATABASE strongroom, postgres, template1 FROM PUBLIC")
    superuser.execute("GRANT CONNECT ON DATABASE strongroom TO strongroom_app, strongroom_backup")


def let_tests_create_databases(superuser: Superuser) -> None:
    """Whoever creates a database does so from another one."""
    superuser.execute("GRANT CONNECT ON DATABASE postgres TO strongroom_owner")


def settle_extensions(superuser: Superuser) -> None:
    """In the database that one is connected to; in `template1` for all that are made later."""
    for extension in EXTENSIONS:
        superuser.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
        )
    superuser.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def _exists(superuser: Superuser, query: LiteralString, name: str) -> bool:
    return superuser.execute(query, [name]).fetchone() is not None
