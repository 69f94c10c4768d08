"""Writing keys: one upsert, so that a principal has one key to a node, whatever is sent twice."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from vault.access import Role
from vault.models import (
    Document,
    DocumentTeamGrant,
    DocumentUserGrant,
    Folder,
    FolderTeamGrant,
    FolderUserGrant,
)
from vault.models.grants import permission_for

type Grant = FolderUserGrant | FolderTeamGrant | DocumentUserGrant | DocumentTeamGrant

TABLES: Final[dict[tuple[str, str], Any]] = {
    ("folder", "user_id"): FolderUserGrant,
    ("folder", "group_id"): FolderTeamGrant,
    ("document", "user_id"): DocumentUserGrant,
    ("document", "group_id"): DocumentTeamGrant,
}


def give_person(node: Folder | Document, user_id: UUID, role: Role, *, by: UUID) -> Grant:
    return upsert(node, role, {"user_id": user_id}, by=by)


def lock_keys(node_id: UUID) -> None:
    """One change of a node's keys at a time: a statement of its own, before any read of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"keys:{node_id}"]
        )


def role_given(node: Folder | Document, holder: dict[str, Any]) -> Role:
    """What `{"user_id": ...}` or `{"group_id": ...}` was given on the node itself."""
    grant = table_for(node, holder).objects.filter(content_object=node, **holder).first()
    return grant.role if grant else Role.NONE


def upsert(
    node: Folder | Document,
    role: Role,
    holder: dict[str, Any],
    *,
    by: UUID,
    until: datetime | None = None,
) -> Grant:
    table, (column,) = table_for(node, holder), holder
    grant = table(
        tenant_id=node.tenant_id,
        content_object=node,
        permission_id=permission_for(kind_of(node), role),
        granted_by_id=by,
        granted_at=timezone.now(),
        expires_at=until,
        **holder,
    )
    table.objects.bulk_create(
        [grant],
        update_conflicts=True,
        unique_fields=["tenant", column.removesuffix("_id"), "content_object"],
        update_fields=["permission", "granted_by", "granted_at", "expires_at"],
    )
    written: Grant = table.objects.get(content_object=node, **holder)
    return written


def table_for(node: Folder | Document, holder: dict[str, Any]) -> Any:
    (column,) = holder
    return TABLES[kind_of(node), column]


def tables_of(node: Folder | Document) -> list[Any]:
    """Where keys to a node lie."""
    return [table for (kind, _column), table in TABLES.items() if kind == kind_of(node)]


def kind_of(node: Folder | Document) -> str:
    return "folder" if isinstance(node, Folder) else "document"
