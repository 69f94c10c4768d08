"""Counts and small values that many processes share and may lose, in one UNLOGGED table.

Each function is one statement, so that the database decides every race, and takes the time of
that statement from the database. A count is undone with the transaction around it and locks its
row until the end of it: raise limits before the transaction of the deed, not inside.
"""

from typing import Final

from django.db import connection

RAISE: Final = """
    INSERT INTO accounts_counter AS counter (key, value, expires_at)
    VALUES (%(key)s, to_jsonb(%(by)s::bigint),
            statement_timestamp() + make_interval(secs => %(seconds)s))
    ON CONFLICT (key) DO UPDATE SET
        value = CASE WHEN counter.expires_at <= statement_timestamp() THEN EXCLUDED.value
                     ELSE to_jsonb(counter.value::bigint + %(by)s::bigint) END,
        expires_at = CASE WHEN counter.expires_at <= statement_timestamp()
                          THEN EXCLUDED.expires_at ELSE counter.expires_at END
    RETURNING value::bigint
"""

SWEEP: Final = """
    DELETE FROM accounts_counter WHERE key IN (
        SELECT key FROM accounts_counter WHERE expires_at <= statement_timestamp()
        LIMIT %s FOR UPDATE SKIP LOCKED)
"""


def raise_counter(key: str, *, by: int = 1, seconds: float) -> int:
    """The count after raising it; a count begins anew `seconds` after its first raise."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE, {"key": key, "by": by, "seconds": seconds})
        return int(cursor.fetchone()[0])


def sweep(*, at_most: int = 10_000) -> int:
    """Remove what has expired, and say how much it was."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [at_most])
        return int(cursor.rowcount)
