"""Throwing away, and getting back. What went together comes back together."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.models import Policy
from vault.access import Keyring, Role
from vault.events import Event
from vault.models import Document, Folder, FolderClosure, Trashing, place_of
from vault.models.tree import lock_tree
from vault.rights.fetching import demand, fetch_document, fetch_folder
from vault.rights.keyrings import keyring_of


@transaction.atomic
def trash_document(actor: Member, document_id: UUID) -> Trashing:
    """Raises `NotFound`, `TooWeak`."""
    lock_tree(actor.tenant_id)
    document = fetch_document(actor, document_id, at_least=Role.EDIT).document
    trashing = begin(actor, document.pk, document.name, "document", documents=1)
    Document.objects.filter(pk=document.pk).update(trashed=trashing)
    return trashing


@transaction.atomic
def trash_folder(actor: Member, folder_id: UUID) -> Trashing:
    """With everything beneath it, seen or not: so it takes manage where something is unseen.

    Raises `NotFound`, `TooWeak`.
    """
    lock_tree(actor.tenant_id)
    held = fetch_folder(actor, folder_id, at_least=Role.EDIT)
    folder = held.folder
    if folder.parent_id is None:
        raise NotFound  # roots and homes are never thrown away
    line = FolderClosure.objects.filter(ancestor=folder).values("descendant_id")
    folders = Folder.objects.filter(pk__in=line)
    documents = Document.objects.filter(folder__in=line)
    require_editable(held.keyring, folders, documents)
    trashing = begin(actor, folder.pk, folder.name, "folder", documents=documents.count())
    documents.update(trashed=trashing)
    folders.update(trashed=trashing)
    return trashing


@transaction.atomic
def restore(actor: Member, trashing_id: UUID) -> Folder | Document:
    """Everything of one act, to where it was. Raises `NotFound`, `TooWeak`, `Invalid`."""
    lock_tree(actor.tenant_id)
    trashing = mine(actor).filter(pk=trashing_id).first()
    if trashing is None:
        raise NotFound
    node = node_of(trashing)
    place = node.parent if isinstance(node, Folder) else node.folder
    if place is None or place.trashed_id is not None:
        raise Invalid(_("Its folder is in the trash, too. Restore that first."))
    demand(role_in_trash(actor, node), Role.EDIT, (trashing.kind, node.pk))
    Folder.with_trash.filter(trashed=trashing).update(trashed=None)
    Document.with_trash.filter(trashed=trashing).update(trashed=None)
    record(actor, Event.NODE_UNTRASHED, node, documents=trashing.documents)
    trashing.delete()
    return node


@transaction.atomic
def restore_node(actor: Member, node_id: UUID) -> Folder | Document:
    """The act that a folder or document was thrown away by itself in. Raises as `restore`."""
    trashing = mine(actor).filter(node=node_id).first()
    if trashing is None:
        raise NotFound
    return restore(actor, trashing.pk)


def trash_of(actor: Member) -> list[tuple[Trashing, datetime]]:
    """What the actor threw away, or, for admins, anybody, with the moment it goes for good."""
    days = Policy.objects.values_list("trash_days", flat=True).get()
    found = mine(actor).select_related("by").order_by("-at", "-id")
    return [(trashing, trashing.at + timedelta(days=days)) for trashing in found]


def mine(actor: Member) -> QuerySet[Trashing]:
    own = Q() if actor.administers else Q(by_id=actor.user_id)
    return Trashing.objects.filter(own)


def begin(actor: Member, node: UUID, name: str, kind: str, *, documents: int) -> Trashing:
    trashing = Trashing.objects.create(
        tenant_id=actor.tenant_id,
        by_id=actor.user_id,
        name=name,
        kind=kind,
        node=node,
        documents=documents,
    )
    record(actor, Event.NODE_TRASHED, trashing, node=node, name=name, documents=documents)
    return trashing


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


def role_in_trash(actor: Member, node: Folder | Document) -> Role:
    """What the actor's keys would open, were it not in the trash: its place is still its place."""
    keyring = keyring_of(actor)
    if isinstance(node, Folder):
        return keyring.role_in(place_of(node))
    return keyring.role_on(node.pk, place_of(node.folder), restricted=node.restricted)


def node_of(trashing: Trashing) -> Folder | Document:
    if trashing.kind == "folder":
        return Folder.with_trash.get(pk=trashing.node)
    return Document.with_trash.get(pk=trashing.node)
