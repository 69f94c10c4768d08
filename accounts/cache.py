"""Django's cache over the counters: small JSON values that all processes see at once.

Values are JSON and nothing else, so that no row can ever be code. Made for limits and locks,
not for pages: `add` is decided by the database, and no statement fails on a race, so an
enclosing transaction is never broken. The key's prefix keeps `clear` away from the counts.
"""

import json
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from accounts import counters
from accounts.models import Counter

# `make_interval` of NULL is NULL, and a value without an end never expires.
STORE: Final = """
    INSERT INTO accounts_counter AS counter (key, value, expires_at)
    VALUES (%s, %s::jsonb, statement_timestamp() + make_interval(secs => %s))
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, expires_at = EXCLUDED.expires_at
"""
ADD: Final = STORE + "WHERE counter.expires_at <= statement_timestamp()"
TOUCH: Final = """
    UPDATE accounts_counter
    SET expires_at = statement_timestamp() + make_interval(secs => %s)
    WHERE key = %s AND (expires_at IS NULL OR expires_at > statement_timestamp())
"""
RAISE: Final = """
    UPDATE accounts_counter SET value = to_jsonb(value::bigint + %s)
    WHERE key = %s AND (expires_at IS NULL OR expires_at > statement_timestamp())
        AND jsonb_typeof(value) = 'number'
    RETURNING value::bigint
"""


class CounterCache(BaseCache):
    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__({"KEY_PREFIX": "cache", **params})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = alive().filter(key=self.make_and_validate_key(key, version)).first()
        return default if row is None else row.value

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        self._write(STORE, key, value, timeout, version)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        return self._write(ADD, key, value, timeout, version)

    def touch(
        self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        full_key = self.make_and_validate_key(key, version)
        return execute(TOUCH, [self._seconds(timeout), full_key]) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        gone, _ = alive().filter(key=self.make_and_validate_key(key, version)).delete()
        return bool(gone)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        full_key = self.make_and_validate_key(key, version)
        with connection.cursor() as cursor:
            cursor.execute(RAISE, [delta, full_key])
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"No number is kept under {key!r}")
        return int(row[0])

    def clear(self) -> None:
        Counter.objects.filter(key__startswith=f"{self.key_prefix}:").delete()

    def sweep(self) -> int:
        return counters.sweep()

    def _write(
        self, sql: str, key: str, value: Any, timeout: float | None, version: int | None
    ) -> bool:
        full_key = self.make_and_validate_key(key, version)
        return execute(sql, [full_key, as_json(value), self._seconds(timeout)]) == 1

    def _seconds(self, timeout: float | None) -> float | None:
        """Zero and below mean at once, as Django says; None means never."""
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        return None if timeout is None else max(timeout, 0)


def alive() -> Any:
    return Counter.objects.filter(Q(expires_at=None) | Q(expires_at__gt=Now()))


def execute(sql: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def as_json(value: Any) -> str:
    """The value as JSON; a TypeError for what would not come back as it went."""
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()
    except ValueError as error:
        raise TypeError("The cache keeps JSON values only") from error
    if json.loads(text) != value or "\\u0000" in text:
        raise TypeError("The cache keeps JSON values only")
    return text
