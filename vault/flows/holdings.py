"""Keys with names: what each is to, who gave it, until when, and how much it opens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final
from uuid import UUID

from tenants.keyset import Order, cursor_of, position_of
from tenants.models import Team
from vault.access import Key, Keyring, Place, Role
from vault.flows.news import names_of
from vault.models import Document, Folder, places_of
from vault.rights.holdings import nodes_among, opened_by_each

PAGE: Final = 100
STRONGEST_FIRST: Final = Order("-role", None, int, descending=True)


@dataclass(frozen=True, slots=True)
class Holding:
    """One key, as far as whoever asks may know of it."""

    grant: Key
    node: Folder | Document
    way: Sequence[Folder]  # to the node, from where the reader's rights begin
    documents: int  # that this key opens, by itself alone
    by: str  # who gave it; nothing, if they have left
    team: str  # through which it is held, if it is not one's own
    may: Role  # what the reader holds on the node

    @property
    def key(self) -> int:
        return self.grant.role

    @property
    def pk(self) -> UUID:
        return self.grant.grant


@dataclass(frozen=True, slots=True)
class Holdings:
    items: Sequence[Holding]
    total: int
    next: str | None


def holdings(
    keys: Iterable[Key], *, seen_by: Keyring, cursor: str = "", at_most: int | None = PAGE
) -> Holdings:
    """A page of keys, the strongest first: as many queries for one as for a hundred.

    Every key that lasts is here, a weaker one and one that opens nothing, too. Raises `Invalid`.
    """
    start = position_of(cursor, {"key": STRONGEST_FIRST})
    keys = list(keys)
    nodes = nodes_among(seen_by, keys)
    keys = sorted((key for key in keys if key.node in nodes), key=rank, reverse=True)
    rest = [key for key in keys if rank(key) < (start.key, start.id)] if start else keys
    items = with_names(rest[:at_most], seen_by)
    more = cursor_of(STRONGEST_FIRST, "key", items[-1]) if len(items) < len(rest) else None
    return Holdings(items, len(keys), more)


def rank(key: Key) -> tuple[int, UUID]:
    return key.role, key.grant


def with_names(keys: Sequence[Key], seen_by: Keyring) -> list[Holding]:
    ids = {key.node for key in keys}
    folders = {folder.pk: folder for folder in Folder.objects.filter(pk__in=ids)}
    rows = Document.objects.filter(pk__in=ids).select_related("folder")
    documents = {document.pk: document for document in rows}
    places = places_of([*folders, *{row.folder_id for row in documents.values()}])
    ways, counts = ways_to(seen_by, places), opened_by_each(keys)
    people = names_of({key.granted_by for key in keys if key.granted_by})
    teams = names_of_teams(keys)

    def holding(key: Key) -> Holding:
        node: Folder | Document = folders.get(key.node) or documents[key.node]
        folder = node.folder_id if isinstance(node, Document) else node.pk
        return Holding(
            grant=key,
            node=node,
            way=[step for step in ways[folder] if step.pk != node.pk],
            documents=counts.get(key.node, 0),
            by=people.get(key.granted_by, "") if key.granted_by else "",
            team=teams.get(key.team, "") if key.team else "",
            may=role_of(seen_by, node, places[folder]),
        )

    return [holding(key) for key in keys]


def names_of_teams(keys: Iterable[Key]) -> dict[UUID, str]:
    teams = Team.objects.filter(pk__in={key.team for key in keys if key.team})
    return dict(teams.values_list("pk", "name"))


def ways_to(seen_by: Keyring, places: Mapping[UUID, Place]) -> dict[UUID, list[Folder]]:
    """The folders down to each of these, from where the reader's rights begin: one query."""
    steps = {step for place in places.values() for step in place.way_up}
    open_to_them = Folder.objects.opened_by(seen_by).filter(pk__in=steps)
    seen = {folder.pk: folder for folder in open_to_them}
    return {
        folder: [seen[step] for step in takewhile(seen.__contains__, place.way_up)][::-1]
        for folder, place in places.items()
    }


def role_of(keyring: Keyring, node: Folder | Document, place: Place) -> Role:
    if isinstance(node, Folder):
        return keyring.role_in(place)
    return keyring.role_on(node.pk, place, restricted=node.restricted)
