"""Finding documents and folders, among what the actor may see and nothing else.

Every list of documents across folders is a search: by name, the starred, the recently opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

from tenants.actor import Member
from tenants.keyset import Order, cursor_of, keyed, moment, position_of, sorted_by
from vault.access import Keyring
from vault.flows.orders import order_called
from vault.flows.visit import visit_folder
from vault.models import Document, Folder, FolderClosure, Star
from vault.rights import listing
from vault.rights.exposure import exposures
from vault.rights.fetching import HeldFolder, held_folders
from vault.rights.keyrings import keyring_of
from vault.rights.listed import Shown, listed, shown
from vault.scanning.types import TYPES

PAGE: Final = 50
MOST_WORDS: Final = 8
MOST_FOLDERS: Final = 20
LAST_OPENED: Final = Order("-opened", F("visits__at"), moment, descending=True)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Every part narrows; none of them is everything that may be seen.

    `-opened` as `sort` narrows, too: to what the actor has opened.
    """

    words: str = ""
    extension: str = ""
    owner: UUID | None = None
    folder: UUID | None = None  # anywhere beneath it
    since: datetime | None = None
    starred: bool = False
    sort: str = "-changed"

    @property
    def wanted_words(self) -> list[str]:
        return self.words.lower().split()[:MOST_WORDS]

    @property
    def is_everything(self) -> bool:
        narrower = (self.wanted_words, self.extension in TYPES, self.owner, self.folder)
        return not any((*narrower, self.since, self.starred, self.sort == LAST_OPENED.name))

    @property
    def fits_folders(self) -> bool:
        """A folder has a name and a place, and nothing else that is asked for here."""
        narrower = (self.extension, self.owner, self.since, self.starred)
        return bool(self.wanted_words) and not any(narrower)


@dataclass(frozen=True, slots=True)
class Found:
    documents: Sequence[Shown]
    keyring: Keyring
    next: str | None


def search(actor: Member, query: Query, *, cursor: str = "") -> Found:
    """Raises `Invalid` for a cursor or an order that is not ours, `NotFound` for a folder."""
    keyring = keyring_of(actor)
    order = order_of(query)
    start = position_of(cursor, {"document": order})
    if query.is_everything:
        rows = listing.page(keyring, order, start, size=PAGE + 1)
    else:
        found = documents_found(actor, query, keyring)
        rows = keyed(sorted_by(found, order, start)[: PAGE + 1])
    documents = listed(row.pk for row in rows[:PAGE])
    return Found(
        shown(keyring, documents, exposures(documents)),
        keyring,
        cursor_of(order, "document", rows[PAGE - 1]) if len(rows) > PAGE else None,
    )


def folders_named(query: Query, keyring: Keyring) -> list[HeldFolder]:
    """By name. At most `MOST_FOLDERS`; none where it can't be one."""
    by_name = folders_matching(query, keyring).select_related("created_by")
    return held_folders(keyring, list(by_name.order_by(Lower("name"), "pk")[:MOST_FOLDERS]))


def folders_matching(query: Query, keyring: Keyring) -> QuerySet[Folder]:
    """All of them."""
    if not query.fits_folders:
        return Folder.objects.none()
    named = Q()
    for word in query.wanted_words:
        named &= Q(name__icontains=word)
    if query.folder:
        beneath = FolderClosure.objects.filter(ancestor_id=query.folder)
        named &= Q(pk__in=beneath.values("descendant_id")) & ~Q(pk=query.folder)
    return Folder.objects.opened_by(keyring).filter(named, is_root=False)


def documents_found(actor: Member, query: Query, keyring: Keyring) -> QuerySet[Document]:
    """All of them, in no order. Raises `NotFound` for a folder."""
    return Document.objects.opened_by(keyring).filter(narrowed(actor, query, keyring))


def order_of(query: Query) -> Order:
    return LAST_OPENED if query.sort == LAST_OPENED.name else order_called(query.sort)


def narrowed(actor: Member, query: Query, keyring: Keyring) -> Q:
    narrow = Q()
    if query.sort == LAST_OPENED.name:
        narrow &= Q(visits__user_id=actor.user_id)
    if patterns := [f"%{escaped(word)}%" for word in query.wanted_words]:
        longest_first = sorted(patterns, key=len, reverse=True)
        narrow &= Q(pk__in=RawSQL("SELECT vault_documents_named(%s::text[])", [longest_first]))
    if query.extension in TYPES:
        narrow &= Q(current__blob__media_type=TYPES[query.extension].served)
    if query.owner:
        narrow &= Q(created_by_id=query.owner)
    if query.since:
        narrow &= Q(changed_at__gte=query.since)
    if query.starred:
        starred = Star.objects.filter(user_id=actor.user_id, document__isnull=False)
        narrow &= Q(pk__in=starred.values("document_id"))
    if query.folder:
        visit_folder(actor, query.folder, keyring=keyring)
        beneath = FolderClosure.objects.filter(ancestor_id=query.folder)
        narrow &= Q(folder_id__in=beneath.values("descendant_id"))
    return narrow


def escaped(word: str) -> str:
    """As LIKE reads it."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
