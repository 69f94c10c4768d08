"""Stars: what a person marked to find again. Theirs alone, and gone with their right to see it."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from tenants.actor import Member
from tenants.scoping import ask
from vault.access import Keyring
from vault.models import Document, Folder, Star, array
from vault.rights.fetching import (
    Held,
    HeldDocument,
    HeldFolder,
    fetch_document,
    fetch_folder,
    held_folders,
)

MOST_FOLDERS: Final = 200
STARRED: Final = """
    SELECT coalesce(folder_id, document_id) FROM vault_star WHERE user_id = %(person)s
    AND (folder_id = ANY(%(nodes)s::uuid[]) OR document_id = ANY(%(nodes)s::uuid[]))
"""


def star_folder(actor: Member, folder_id: UUID) -> Folder:
    """Raises `NotFound`."""
    held = fetch_folder(actor, folder_id)
    mark(actor, held)
    return held.folder


def star_document(actor: Member, document_id: UUID) -> Document:
    """Raises `NotFound`."""
    held = fetch_document(actor, document_id)
    mark(actor, held)
    return held.document


def unstar_folder(actor: Member, folder_id: UUID) -> Folder:
    """Raises `NotFound`."""
    held = fetch_folder(actor, folder_id)
    Star.objects.filter(user_id=actor.user_id, **on(held)).delete()
    return held.folder


def unstar_document(actor: Member, document_id: UUID) -> Document:
    """Raises `NotFound`."""
    held = fetch_document(actor, document_id)
    Star.objects.filter(user_id=actor.user_id, **on(held)).delete()
    return held.document


def stars_of(actor: Member, nodes: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these folders and documents the actor marked: one query. Nobody else's business."""
    if actor.viewing:
        return frozenset()
    found = ask(STARRED, {"nodes": array(nodes), "person": actor.user_id})
    return frozenset(node for (node,) in found)


def mark(actor: Member, held: Held) -> None:
    star = Star(tenant_id=actor.tenant_id, user_id=actor.user_id, **on(held))
    Star.objects.bulk_create([star], ignore_conflicts=True)


def on(held: Held) -> dict[str, Any]:
    if isinstance(held, HeldDocument):
        return {"document": held.document}
    return {"folder": held.folder}


def starred_folders(actor: Member, keyring: Keyring) -> list[HeldFolder]:
    """By name. At most `MOST_FOLDERS`."""
    seen = folders_starred(actor, keyring).select_related("created_by")
    return held_folders(keyring, list(seen.order_by(Lower("name"), "pk")[:MOST_FOLDERS]))


def folders_starred(actor: Member, keyring: Keyring) -> QuerySet[Folder]:
    """All of them."""
    stars = Star.objects.filter(user_id=actor.user_id, folder__isnull=False)
    return Folder.objects.opened_by(keyring).filter(pk__in=stars.values("folder_id"))
