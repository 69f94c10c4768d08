"""The part that prepares and ends: the three roles, where a superuser is told, then the tables.

No other part is ever told of the superuser or of the owner.
"""

import os
import sys
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg

from settings.stack import pgroles
from settings.stack.places import StackError

# Each password is read from where its role connects, so that the two cannot disagree.
ADDRESSES: Final = {
    "strongroom_owner": "DATABASE_OWNER_URL",
    "strongroom_app": "DATABASE_URL",
    "strongroom_backup": "DATABASE_BACKUP_URL",
}


def command() -> list[str]:
    superuser = os.environ.get("DATABASE_SUPERUSER_URL")
    if superuser:
        _settle(superuser)
    # The checks ask whether the application's role is bound; this is the owner's.
    return [sys.executable, "manage.py", "migrate", "--skip-checks"]


def _settle(url: str) -> None:
    """Nothing is lost when it is done again: what differs is mended."""
    passwords = {role: _password(role, variable) for role, variable in ADDRESSES.items()}
    try:
        with psycopg.connect(url, autocommit=True) as superuser:
            pgroles.settle_roles(superuser, passwords)
            pgroles.settle_database(superuser)
        with psycopg.connect(url, dbname=pgroles.DATABASE, autocommit=True) as superuser:
            pgroles.settle_extensions(superuser)
    except psycopg.OperationalError as error:
        raise StackError(f"DATABASE_SUPERUSER_URL leads nowhere: {error}") from error


def _password(role: str, variable: str) -> str:
    parts = urlsplit(os.environ.get(variable) or "")
    if not _names(parts, role):
        form = f"postgres://{role}:PASSWORD@HOST/{pgroles.DATABASE}"
        raise StackError(f"DATABASE_SUPERUSER_URL is set, so {variable} must be {form}.")
    return unquote(parts.password or "")


def _names(parts: SplitResult, role: str) -> bool:
    database = parts.path.removeprefix("/")
    return (parts.username, database) == (role, pgroles.DATABASE) and bool(parts.password)
