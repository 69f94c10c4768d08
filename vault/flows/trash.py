"""Throwing away, and getting back. What went together comes back together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.keyset import Order, cursor_of, moment, position_of, sorted_by
from tenants.models import Policy
from vault.access import Keyring, Place, Role
from vault.events import Event
from vault.models import Document, Folder, FolderClosure, Trashing, places_of
from vault.models.tree import lock_tree
from vault.rights.fetching import demand, fetch_document, fetch_folder
from vault.rights.keyrings import keyring_of

PAGE: Final = 50
NEWEST: Final = Order("-at", F("at"), moment, descending=True)


@transaction.atomic
def trash(
    actor: Member,
    *,
    folders: Collection[UUID] = (),
    documents: Collection[UUID] = (),
    into: Trashing | None = None,
) -> Trashing:
    """Throw these away in one act, folders with everything beneath them, seen or not.

    So it takes the edit role on all of it. `into` is an act that they belong to, too.
    Raises `NotFound`, `TooWeak`, `Invalid` for nothing.
    """
    lock_tree(actor.tenant_id)
    keyring = keyring_of(actor)
    chosen: list[Folder | Document] = [
        *(throwable(actor, keyring, folder) for folder in dict.fromkeys(folders)),
        *(
            fetch_document(actor, d, at_least=Role.EDIT, keyring=keyring).document
            for d in dict.fromkeys(documents)
        ),
    ]
    if not chosen:
        raise Invalid(_("Nothing is chosen."))
    line = FolderClosure.objects.filter(ancestor__in=folders).values("descendant_id")
    nodes = topmost(chosen, folders)
    inner = Folder.objects.filter(pk__in=line)
    lying = Document.objects.filter(Q(folder__in=line) | Q(pk__in=documents))
    if folders:
        require_editable(keyring, inner, lying)
    trashing = enter(actor, nodes, into, documents=lying.count())
    lying.update(trashed=trashing)
    inner.update(trashed=trashing)
    return trashing


def topmost(
    chosen: Sequence[Folder | Document], folders: Collection[UUID]
) -> list[Folder | Document]:
    """What does not lie in another folder that was chosen, too, and goes with it."""
    if not folders:
        return list(chosen)
    lines = FolderClosure.objects.filter(ancestor__in=folders)
    within = set(lines.values_list("descendant_id", flat=True))
    inner = set(lines.filter(distance__gt=0).values_list("descendant_id", flat=True))
    return [
        node
        for node in chosen
        if (node.pk not in inner if isinstance(node, Folder) else node.folder_id not in within)
    ]


def trash_document(actor: Member, document_id: UUID) -> Trashing:
    """Raises `NotFound`, `TooWeak`."""
    return trash(actor, documents=[document_id])


def trash_folder(actor: Member, folder_id: UUID) -> Trashing:
    """Raises `NotFound`, `TooWeak`."""
    return trash(actor, folders=[folder_id])


@transaction.atomic
def restore(actor: Member, trashing_id: UUID) -> Folder | Document:
    """Everything of one act, to where it was; answers its first thing.

    Raises `NotFound`, `TooWeak`, `Invalid`.
    """
    lock_tree(actor.tenant_id)
    trashing = mine(actor).filter(pk=trashing_id).first()
    if trashing is None:
        raise NotFound
    nodes = thrown_by_hand(trashing)
    require_to_restore(actor, nodes)
    Folder.with_trash.filter(trashed=trashing).update(trashed=None)
    Document.with_trash.filter(trashed=trashing).update(trashed=None)
    node = next((node for node in nodes if node.pk == trashing.node), nodes[0])
    record(actor, Event.NODE_UNTRASHED, node, name=trashing.name, documents=trashing.documents)
    trashing.delete()
    return node


@transaction.atomic
def restore_node(actor: Member, node_id: UUID) -> Folder | Document:
    """The act that a folder or document was thrown away by itself in. Raises as `restore`."""
    trashing = mine(actor).filter(node=node_id).first()
    if trashing is None:
        raise NotFound
    return restore(actor, trashing.pk)


def trash_of(
    actor: Member, *, cursor: str = ""
) -> tuple[list[tuple[Trashing, datetime]], str | None]:
    """What the actor threw away, or, for admins, anybody, with the moment it goes for good.

    The newest first, and the next page's cursor. Raises `Invalid`.
    """
    days = Policy.objects.values_list("trash_days", flat=True).get()
    start = position_of(cursor, {"trash": NEWEST})
    found = sorted_by(mine(actor).select_related("by"), NEWEST, start)
    acts = list(found[: PAGE + 1])
    more = cursor_of(NEWEST, "trash", acts[PAGE - 1]) if len(acts) > PAGE else None
    return [(act, act.at + timedelta(days=days)) for act in acts[:PAGE]], more


def mine(actor: Member) -> QuerySet[Trashing]:
    own = Q() if actor.administers else Q(by_id=actor.user_id)
    return Trashing.objects.filter(own, purging=False)


def throwable(actor: Member, keyring: Keyring, folder_id: UUID) -> Folder:
    """Roots and homes are never thrown away."""
    folder = fetch_folder(actor, folder_id, at_least=Role.EDIT, keyring=keyring).folder
    if folder.parent_id is None:
        raise NotFound
    return folder


def require_editable(
    keyring: Keyring, folders: QuerySet[Folder], documents: QuerySet[Document]
) -> None:
    """What is thrown away with a folder must be the actor's to throw away, walls or not."""
    editable = Role.EDIT
    if (
        Folder.objects.filter(pk__in=folders).opened_by(keyring, editable).count()
        != folders.count()
        or Document.objects.filter(pk__in=documents).opened_by(keyring, editable).count()
        != documents.count()
    ):
        raise TooWeak(_("Something in this folder isn't yours to throw away."))


def enter(
    actor: Member,
    nodes: Sequence[Folder | Document],
    into: Trashing | None,
    *,
    documents: int,
) -> Trashing:
    trashing = begin(actor, nodes[0]) if into is None else into
    trashing.things += len(nodes)
    trashing.documents += documents
    trashing.save(update_fields=["things", "documents"])
    for node in nodes:
        facts = {"node": node.pk, "name": node.name, "documents": documents}
        record(actor, Event.NODE_TRASHED, trashing, **facts)
    return trashing


def begin(actor: Member, first: Folder | Document) -> Trashing:
    """An act that is called after the first thing in it, and has nothing in it yet."""
    return Trashing.objects.create(
        tenant_id=actor.tenant_id,
        by_id=actor.user_id,
        name=first.name,
        kind="folder" if isinstance(first, Folder) else "document",
        node=first.pk,
        things=0,
    )


def thrown_by_hand(trashing: Trashing) -> list[Folder | Document]:
    """What lies at the top of an act: the rest went with a folder."""
    folders = Folder.with_trash.filter(trashed=trashing).exclude(parent__trashed=trashing)
    documents = Document.with_trash.filter(trashed=trashing).exclude(folder__trashed=trashing)
    return [*folders.select_related("parent"), *documents.select_related("folder")]


def require_to_restore(actor: Member, nodes: Sequence[Folder | Document]) -> None:
    """As many queries for one as for thousands. Raises `Invalid`, `NotFound`, `TooWeak`."""
    for node in nodes:
        require_place(node)
    keyring = keyring_of(actor)
    around = {(n if isinstance(n, Folder) else n.folder).pk for n in nodes}
    places = places_of(around)
    for node in nodes:
        role = role_in_trash(keyring, node, places)
        demand(role, Role.EDIT, ("folder" if isinstance(node, Folder) else "document", node.pk))


def require_place(node: Folder | Document) -> None:
    place = node.parent if isinstance(node, Folder) else node.folder
    if place is None or place.trashed_id is not None:
        raise Invalid(_("Its folder is in the trash, too. Restore that first."))


def role_in_trash(keyring: Keyring, node: Folder | Document, places: Mapping[UUID, Place]) -> Role:
    """What these keys would open, were it not in the trash: its place is still its place."""
    if isinstance(node, Folder):
        return keyring.role_in(places[node.pk])
    return keyring.role_on(node.pk, places[node.folder_id], restricted=node.restricted)
