"""Where a blob lies: from ids alone, the tenant first, then the person's folder."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

HEX = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PATTERN: Final = re.compile(rf"tenants/{HEX}/users/{HEX}/[0-9]{{4}}/[0-9]{{2}}/{HEX}")


class BadKey(ValueError):
    """A storage key that this product did not make."""


def blob_key(tenant_id: UUID, user_id: UUID, blob_id: UUID, *, at: datetime) -> str:
    """`tenants/<tenant>/users/<user>/<yyyy>/<mm>/<blob>`"""
    return checked(f"tenants/{tenant_id}/users/{user_id}/{at:%Y}/{at:%m}/{blob_id}")


def checked(key: str) -> str:
    if not PATTERN.fullmatch(key):
        raise BadKey(key)
    return key
