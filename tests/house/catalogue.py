"""What PostgreSQL itself says of the database that the migrations built."""

from dataclasses import dataclass
from typing import Any, Final, LiteralString

from django.db import connection

HAS_A_TENANT: Final = """EXISTS (
    SELECT FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
"""
# Names for searching: no policy could use their index, so the application has no way to them but
# one function of the owner.
BEHIND_A_FUNCTION: Final = {"vault_documentname"}
KEYS: Final = """
    SELECT k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text,
           (SELECT array_agg(a.attname ORDER BY place) FROM unnest(k.conkey)
                WITH ORDINALITY AS part (number, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = number)::text[],
           (SELECT array_agg(a.attname ORDER BY place) FROM unnest(k.confkey)
                WITH ORDINALITY AS part (number, place)
            JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = number)::text[],
           k.convalidated
    FROM pg_constraint k
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    name: str
    table: str
    target: str
    columns: tuple[str, ...]
    target_columns: tuple[str, ...]
    is_checked: bool


def ask(query: LiteralString, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def column(query: LiteralString, *values: Any) -> set[Any]:
    return {row[0] for row in ask(query, *values)}


def tables() -> set[str]:
    return column(
        "SELECT relname FROM pg_class"
        " WHERE relkind IN ('r', 'p', 'f', 'm', 'v') AND relnamespace = 'public'::regnamespace"
    )


def tenant_tables() -> set[str]:
    return column(
        "SELECT relname FROM pg_class c"
        " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        f" AND {HAS_A_TENANT}"
    )


def open_tables() -> set[str]:
    """Those that the application reads and writes itself, as a policy lets it."""
    return tenant_tables() - BEHIND_A_FUNCTION


def foreign_keys() -> list[ForeignKey]:
    return [
        ForeignKey(name, table, target, tuple(columns), tuple(target_columns), checked)
        for name, table, target, columns, target_columns, checked in ask(KEYS)
    ]


def keys_inside_tenants() -> list[ForeignKey]:
    """The foreign keys from one tenant-owned table to another."""
    owned = tenant_tables()
    return [key for key in foreign_keys() if key.table in owned and key.target in owned]
