"""Finding documents by name, among what the actor may see and nothing else."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import RawSQL

from tenants.actor import Member
from tenants.errors import Invalid
from vault.access import Keyring, Place, Role
from vault.models import Document, places_of
from vault.models.nodes import FolderClosure
from vault.rights.exposure import Exposure, exposures
from vault.rights.fetching import fetch_folder, whole
from vault.rights.keyrings import keyring_of
from vault.scanning.types import TYPES

PAGE: Final = 50
MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Every part narrows; none of them is everything that may be seen."""

    words: str = ""
    extension: str = ""
    owner: UUID | None = None
    folder: UUID | None = None  # anywhere beneath it
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    documents: Sequence[Document]
    places: dict[UUID, Place]
    exposures: dict[UUID, Exposure]
    keyring: Keyring
    next: str | None

    def role_on(self, document: Document) -> Role:
        place = self.places[document.folder_id]
        return self.keyring.role_on(document.pk, place, restricted=document.restricted)


def search(actor: Member, query: Query, *, cursor: str = "") -> Found:
    """The newest first. Raises `Invalid` for a cursor not ours, `NotFound` for a folder."""
    keyring = keyring_of(actor)
    documents = whole(Document.objects.opened_by(keyring)).filter(narrowed(actor, query, keyring))
    if cursor:
        changed_at, last = position(cursor)
        documents = documents.filter(
            Q(changed_at__lt=changed_at) | Q(changed_at=changed_at, pk__lt=last)
        )
    rows = list(documents.order_by("-changed_at", "-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    places = places_of(list({row.folder_id: row.folder for row in shown}.values()))
    more = len(rows) > PAGE
    return Found(
        shown, places, exposures(places, shown), keyring, after(shown[-1]) if more else None
    )


def narrowed(actor: Member, query: Query, keyring: Keyring) -> Q:
    narrow = Q()
    if patterns := [f"%{escaped(word)}%" for word in query.words.lower().split()[:MOST_WORDS]]:
        longest_first = sorted(patterns, key=len, reverse=True)
        narrow &= Q(pk__in=RawSQL("SELECT vault_documents_named(%s::text[])", [longest_first]))
    if query.extension in TYPES:
        narrow &= Q(current__blob__media_type=TYPES[query.extension].served)
    if query.owner:
        narrow &= Q(created_by_id=query.owner)
    if query.since:
        narrow &= Q(changed_at__gte=query.since)
    if query.folder:
        fetch_folder(actor, query.folder, keyring=keyring)
        beneath = FolderClosure.objects.filter(ancestor_id=query.folder)
        narrow &= Q(folder_id__in=beneath.values("descendant_id"))
    return narrow


def escaped(word: str) -> str:
    """As LIKE reads it."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def after(document: Document) -> str:
    raw = json.dumps([document.changed_at.isoformat(), str(document.pk)])
    return base64.urlsafe_b64encode(raw.encode()).decode()


def position(cursor: str) -> tuple[datetime, UUID]:
    try:
        changed_at, document = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        moment = datetime.fromisoformat(changed_at)
        if moment.tzinfo is None:
            raise Invalid("cursor")
        return moment, UUID(document)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise Invalid("cursor") from error
