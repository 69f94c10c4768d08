"""What stands in a folder, for whoever asks: a page of it, by name."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.expressions import Func, Value
from django.db.models.fields import BooleanField
from django.db.models.functions import Lower

from tenants.actor import Member
from tenants.errors import Invalid
from vault.access import Keyring, Place, Role
from vault.models import Document, Folder
from vault.rights.exposure import Crowd, Exposure, exposures, folder_exposure
from vault.rights.fetching import HeldFolder, fetch_folder, whole

PAGE: Final = 50
SHOWN_STEPS: Final = 200
LONGEST_CURSOR: Final = 2000  # the longest name in the widest letters takes about 1200


@dataclass(frozen=True, slots=True)
class Contents:
    held: HeldFolder
    folders: Sequence[Folder]
    documents: Sequence[Document]
    exposures: dict[UUID, Exposure]
    folder_exposure: Exposure
    next: str | None

    def role_on(self, document: Document) -> Role:
        keyring, place = self.held.keyring, self.held.place
        return keyring.role_on(document.pk, place, restricted=document.restricted)

    def role_in(self, folder: Folder) -> Role:
        way_up = (folder.pk, *self.held.place.way_up)
        return self.held.keyring.role_in(Place(way_up, folder.wall_distance))


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after this name and id, among folders or among documents."""

    kind: str = "folder"
    name: str = ""
    id: str = ""

    def text(self) -> str:
        raw = json.dumps([self.kind, self.name, self.id], ensure_ascii=False).encode()
        return base64.urlsafe_b64encode(raw).decode()

    @classmethod
    def of(cls, text: str) -> "Cursor":
        """Raises `Invalid`."""
        if not text:
            return cls()
        if len(text) > LONGEST_CURSOR:
            raise Invalid("cursor")
        try:
            kind, name, row = json.loads(base64.urlsafe_b64decode(text.encode()))
            name.encode()  # half a surrogate pair is no text
            if row:
                UUID(row)
        except (ValueError, TypeError, AttributeError, binascii.Error) as error:
            raise Invalid("cursor") from error
        if kind not in ("folder", "document") or not isinstance(name, str) or "\0" in name:
            raise Invalid("cursor")
        return cls(kind, name, row)


def contents(actor: Member, folder_id: UUID, *, cursor: str = "") -> Contents:
    """Folders first, then documents. Raises `NotFound`, `Invalid` for a cursor not ours."""
    held = fetch_folder(actor, folder_id)
    start = Cursor.of(cursor)
    folders: list[Folder] = []
    if start.kind == "folder":
        inside = Folder.objects.opened_by(held.keyring).filter(parent=held.folder)
        folders = page(inside.select_related("created_by"), start, PAGE + 1)
        start = Cursor("document")
    documents: list[Document] = []
    if len(folders) <= PAGE:
        lying = Document.objects.opened_by(held.keyring).filter(folder=held.folder)
        documents = page(whole(lying), start, PAGE + 1 - len(folders))
    rows: list[Folder | Document] = [*folders, *documents]
    more = len(rows) > PAGE
    folders, documents = folders[:PAGE], documents[: PAGE - len(folders[:PAGE])]
    crowd = Crowd.load()
    return Contents(
        held,
        folders,
        documents,
        exposures({held.folder.pk: held.place}, documents, crowd=crowd),
        folder_exposure(held.place, crowd=crowd),
        after(rows[PAGE - 1]) if more else None,
    )


def subfolders(held: HeldFolder) -> list[Folder]:
    """The first of them, by name: to step through."""
    inside = Folder.objects.opened_by(held.keyring).filter(parent=held.folder)
    return list(inside.order_by(Lower("name"), "id")[:SHOWN_STEPS])


def page[M: Any](rows: QuerySet[M], start: Cursor, size: int) -> list[M]:
    """By name and id, after the cursor: a row comparison, which the index answers."""
    rows = rows.annotate(key=Lower("name")).order_by("key", "id")
    if start.id:
        rows = rows.filter(RowAfter(F("key"), F("id"), Value(start.name), Value(UUID(start.id))))
    return list(rows[:size])


class RowAfter(Func):
    """`(a, b) > (c, d)`"""

    template = "%(expressions)s"
    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        parts = [compiler.compile(part) for part in self.get_source_expressions()]
        (a, b, c, d), params = [sql for sql, _ in parts], [p for _, some in parts for p in some]
        return f"({a}, {b}) > ({c}, {d})", tuple(params)


def after(row: Folder | Document) -> str:
    kind = "folder" if isinstance(row, Folder) else "document"
    return Cursor(kind, row.key, str(row.pk)).text()  # type: ignore[union-attr]


def way_to(keyring: Keyring, place: Place) -> list[Folder]:
    """The breadcrumb, from the top: it begins where the reader's rights begin."""
    line = Folder.objects.opened_by(keyring).filter(pk__in=place.way_up)
    depth = {folder: distance for distance, folder in enumerate(place.way_up)}
    steps = sorted(line, key=lambda folder: depth[folder.pk])
    seen = []
    for distance, folder in enumerate(steps):
        if depth[folder.pk] != distance:
            break  # a gap: what lies above it is not on the reader's way
        seen.append(folder)
    return seen[::-1]
