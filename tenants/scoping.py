"""One tenant at a time: the setting that row-level security reads, and the tripwire before it.

`scope(tenant)` opens a transaction and sets `strongroom.tenant` for its length (SET LOCAL), so
that PostgreSQL shows the rows of that tenant and no others. With none set every query returns
nothing; in Python it raises, because an empty answer would hide the mistake. The tenant is
looked up when a query is sent, so a queryset built at import time is safe.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

_current: ContextVar[UUID | None] = ContextVar("tenant_in_scope", default=None)


class UnscopedQuery(RuntimeError):
    """Tenant-owned rows were asked for with no tenant in scope."""


class NestedScope(RuntimeError):
    """One tenant's scope was opened inside another's."""


@contextmanager
def scope(tenant_id: UUID) -> Iterator[None]:
    """A transaction in which the rows of one tenant exist. Nests in the same tenant only."""
    outer = _current.get()
    if outer is not None:
        if outer != tenant_id:
            raise NestedScope
        with transaction.atomic():
            yield
        return
    inside = connection.in_atomic_block
    with transaction.atomic():
        put("strongroom.tenant", str(tenant_id))
        token = _current.set(tenant_id)
        try:
            yield
        finally:
            _current.reset(token)
        if inside:  # A released savepoint would keep the setting; an error undoes it by itself.
            put("strongroom.tenant", "")


@contextmanager
def read_only() -> Iterator[None]:
    """A part of the transaction in which PostgreSQL itself refuses every change.

    Only a savepoint is bound by it: with its end the transaction may write again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


@contextmanager
def as_user(user_id: UUID) -> Iterator[None]:
    """A transaction in which a person sees the memberships that are their own, in any tenant."""
    if _current.get() is not None:
        raise NestedScope
    with transaction.atomic():
        put("strongroom.user", str(user_id))
        yield
        put("strongroom.user", "")


def put(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def ask(query: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of the tenant in scope, by SQL of ours. The tables' policies know the tenant; without
    one, this raises as a queryset does.
    """
    tenant_in_scope()
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def tenant_in_scope() -> UUID:
    if (tenant_id := _current.get()) is None:
        raise UnscopedQuery
    return tenant_id


def in_scope() -> bool:
    return _current.get() is not None


class TenantInScope(models.Expression):
    """The tenant in scope, as a value in SQL, asked for when the query is sent."""

    output_field = models.UUIDField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        return "%s::uuid", (str(tenant_in_scope()),)


class ScopedManager[M: models.Model](models.Manager[M]):
    """Sees the rows of the tenant in scope, and raises without one."""

    def get_queryset(self) -> models.QuerySet[M, M]:
        return super().get_queryset().filter(tenant_id=TenantInScope())
