"""Stars: what a person marked to find again. Theirs alone, and gone with their right to see it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from tenants.actor import Member
from vault.models import Document, Folder, Star
from vault.rights.fetching import Held, HeldDocument, fetch_document, fetch_folder


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


def stars_of(actor: Member, nodes: Collection[UUID]) -> frozenset[UUID]:
    """Which of these folders and documents the actor marked: one query."""
    here = Q(folder__in=nodes) | Q(document__in=nodes)
    found = Star.objects.filter(here, user_id=actor.user_id)
    return frozenset(star.folder_id or star.document_id for star in found)


def mark(actor: Member, held: Held) -> None:
    star = Star(tenant_id=actor.tenant_id, user_id=actor.user_id, **on(held))
    Star.objects.bulk_create([star], ignore_conflicts=True)


def on(held: Held) -> dict[str, Any]:
    if isinstance(held, HeldDocument):
        return {"document": held.document}
    return {"folder": held.folder}
