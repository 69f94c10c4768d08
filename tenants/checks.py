"""What must hold before this process serves anyone."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

ROLE_SEES = """
    SELECT r.rolsuper, r.rolbypassrls,
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relname LIKE 'tenants_%'),
           has_table_privilege(current_user, 'tenants_auditevent', 'UPDATE')
    FROM pg_roles r WHERE r.rolname = current_user
"""
FACTS = (
    ("E001", "is a superuser, whom row-level security does not bind"),
    ("E002", "has BYPASSRLS"),
    ("E003", "owns the tables, and could switch row-level security off"),
    ("E004", "may change the audit trail"),
)


@register(Tags.database)
def the_role_is_bound(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The application's role in PostgreSQL is held by the walls; asked of pg_roles itself."""
    if not databases or "default" not in databases or settings.DATABASE_ROLE == "owner":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('tenants_auditevent') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return []  # nothing is migrated yet
        cursor.execute(ROLE_SEES)
        row = cursor.fetchone() or ()
    return [
        Error(f"The database role of DATABASE_URL {words}.", id=f"tenants.{code}")
        for (code, words), holds in zip(FACTS, row, strict=True)
        if holds
    ]


@register(Tags.security)
def keys_are_long(**_: Any) -> list[CheckMessage]:
    keys = getattr(settings, "TOKEN_KEYS", {})
    if not keys or any(len(key) < 32 for key in keys.values()):
        return [Error("TOKEN_KEYS must hold keys of 32 bytes.", id="tenants.E005")]
    return []


@register(Tags.security)
def the_tenant_stands_last(**_: Any) -> list[CheckMessage]:
    if settings.MIDDLEWARE[-1] != "tenants.middleware.TenantMiddleware":
        return [Error("TenantMiddleware must be the last middleware.", id="tenants.E006")]
    if settings.DATABASES["default"].get("ATOMIC_REQUESTS"):
        return [Error("ATOMIC_REQUESTS would lose the tenant.", id="tenants.E007")]
    return []
