"""Writing keys: one upsert, so that a principal has one key to a node, whatever is sent twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

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


def give_person(
    node: Folder | Document, user_id: UUID, role: Role, *, by: UUID, until: datetime | None = None
) -> Grant:
    model = FolderUserGrant if isinstance(node, Folder) else DocumentUserGrant
    return upsert(
        model, node, role, {"user_id": user_id}, {"granted_by_id": by, "expires_at": until}
    )


def give_team(
    node: Folder | Document, group_id: int, role: Role, *, by: UUID, until: datetime | None = None
) -> Grant:
    model = FolderTeamGrant if isinstance(node, Folder) else DocumentTeamGrant
    return upsert(
        model, node, role, {"group_id": group_id}, {"granted_by_id": by, "expires_at": until}
    )


def upsert(
    model: Any,
    node: Folder | Document,
    role: Role,
    principal: dict[str, Any],
    facts: dict[str, Any],
) -> Grant:
    kind = "folder" if isinstance(node, Folder) else "document"
    grant = model(
        tenant_id=node.tenant_id,
        content_object=node,
        permission_id=permission_for(kind, role),
        granted_at=timezone.now(),
        **principal,
        **facts,
    )
    field = next(iter(principal)).removesuffix("_id")
    model.objects.bulk_create(
        [grant],
        update_conflicts=True,
        unique_fields=["tenant", field, "content_object"],
        update_fields=["permission", "granted_by", "granted_at", "expires_at"],
    )
    written: Grant = model.objects.get(content_object=node, **principal)
    return written
