"""What stands in a folder, for whoever asks: a page of it, in the order that they chose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final
from uuid import UUID

from django.db.models.functions import Lower

from tenants.actor import Member
from tenants.keyset import Keyed, Order, Position, cursor_of, keyed, position_of, sorted_by
from vault.access import Keyring, Place, Role
from vault.flows.orders import order_called, order_of_folders
from vault.flows.star import stars_of
from vault.flows.visit import visit_folder
from vault.models import Document, Folder
from vault.rights import counting
from vault.rights.exposure import Exposure, exposures
from vault.rights.fetching import HeldFolder
from vault.rights.listed import Shown, listed, shown

PAGE: Final = 50
SHOWN_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Contents:
    held: HeldFolder
    folders: Sequence[Folder]
    documents: Sequence[Shown]
    exposures: dict[UUID, Exposure]  # of all that is on the page
    stars: frozenset[UUID]  # of the folder itself, too
    total: int  # documents, on all pages
    next: str | None

    def role_in(self, folder: Folder) -> Role:
        return self.held.keyring.role_in(child_place(self.held.place, folder))


def contents(actor: Member, folder_id: UUID, *, cursor: str = "", sort: str = "name") -> Contents:
    """Folders first, then documents.

    Raises `NotFound`, `Invalid` for an order or a cursor that is not ours.
    """
    held = visit_folder(actor, folder_id)
    order = order_called(sort)
    orders = {"folder": order_of_folders(order), "document": order}
    start = position_of(cursor, orders)
    folders = folders_in(held, orders["folder"], start)
    found = documents_in(held, order, start, size=PAGE + 1 - len(folders))
    rows: list[Folder | Keyed] = [*folders, *found]
    folders = folders[:PAGE]
    documents = listed(row.pk for row in rows[len(folders) : PAGE])
    exposed = exposures(
        documents, {folder.pk: child_place(held.place, folder) for folder in folders}
    )
    return Contents(
        held=held,
        folders=folders,
        documents=shown(held.keyring, documents, exposed),
        exposures=exposed,
        stars=stars_of(actor, [folder_id, *(row.pk for row in rows)]),
        total=counting.count_in(held.keyring, folder_id),
        next=after(rows[PAGE - 1], orders) if len(rows) > PAGE else None,
    )


def child_place(place: Place, folder: Folder) -> Place:
    """Where a folder stands that lies right there."""
    return Place((folder.pk, *place.way_up), folder.wall_distance)


def folders_in(held: HeldFolder, order: Order, start: Position | None) -> list[Folder]:
    if start and start.part == "document":
        return []
    inside = Folder.objects.opened_by(held.keyring).filter(parent=held.folder)
    return list(sorted_by(inside.select_related("created_by"), order, start)[: PAGE + 1])


def documents_in(
    held: HeldFolder, order: Order, start: Position | None, *, size: int
) -> list[Keyed]:
    inside = Document.objects.opened_by(held.keyring).filter(folder=held.folder)
    begin = start if start and start.part == "document" else None
    return keyed(sorted_by(inside, order, begin)[:size])


def after(row: Folder | Keyed, orders: dict[str, Order]) -> str:
    part = "folder" if isinstance(row, Folder) else "document"
    return cursor_of(orders[part], part, row)


def subfolders(held: HeldFolder) -> list[Folder]:
    """The first of them, by name: to step through."""
    inside = Folder.objects.opened_by(held.keyring).filter(parent=held.folder)
    return list(inside.order_by(Lower("name"), "id")[:SHOWN_STEPS])


def way_to(keyring: Keyring, place: Place) -> list[Folder]:
    """The breadcrumb, from the top: it begins where the reader's rights begin."""
    return ways_to(keyring, [place])[place]


def ways_to(keyring: Keyring, places: Collection[Place]) -> dict[Place, list[Folder]]:
    """The same for several: one query."""
    folders = {folder for place in places for folder in place.way_up}
    seen = {row.pk: row for row in Folder.objects.opened_by(keyring).filter(pk__in=folders)}
    return {place: up_to_a_gap(place, seen)[::-1] for place in places}


def up_to_a_gap(place: Place, seen: Mapping[UUID, Folder]) -> list[Folder]:
    """What lies above a gap is not on the reader's way."""
    return [seen[folder] for folder in takewhile(seen.__contains__, place.way_up)]
