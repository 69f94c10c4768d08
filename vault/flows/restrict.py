"""Put up a wall, and take it down.

Each takes the tree's lock first: a document's wall changes the count of its folder, and an act on
many things, which holds that lock, may want both in the other order.
"""

from uuid import UUID

from django.db import transaction

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid
from vault.access import Role
from vault.events import Event
from vault.flows.grant import end_of
from vault.models import Document, Folder
from vault.models.tree import lock_tree, set_wall
from vault.rights.fetching import Held, fetch_document, fetch_folder
from vault.rights.writing import lock_keys, upsert


@transaction.atomic
def restrict_folder(actor: Member, folder_id: UUID) -> Folder:
    """Whoever puts up a wall stands inside it: they get a manage key on the folder."""
    lock_tree(actor.tenant_id)
    held = fetch_folder(actor, folder_id, at_least=Role.MANAGE)
    folder = held.folder
    if not folder.restricted:
        stand_inside(actor, held)
        set_wall(folder, restricted=True)
        record(actor, Event.FOLDER_RESTRICTED, folder)
    return folder


@transaction.atomic
def open_folder(actor: Member, folder_id: UUID) -> Folder:
    lock_tree(actor.tenant_id)
    folder = fetch_folder(actor, folder_id, at_least=Role.MANAGE).folder
    if folder.home_of_id is not None:
        raise Invalid("A home folder keeps its wall")
    if folder.restricted:
        set_wall(folder, restricted=False)
        record(actor, Event.FOLDER_UNRESTRICTED, folder)
    return folder


@transaction.atomic
def restrict_document(actor: Member, document_id: UUID) -> Document:
    lock_tree(actor.tenant_id)
    held = fetch_document(actor, document_id, at_least=Role.MANAGE)
    document = held.document
    if not document.restricted:
        stand_inside(actor, held)
        Document.objects.filter(pk=document.pk).update(restricted=True)
        record(actor, Event.DOCUMENT_RESTRICTED, document)
    return document


@transaction.atomic
def open_document(actor: Member, document_id: UUID) -> Document:
    lock_tree(actor.tenant_id)
    document = fetch_document(actor, document_id, at_least=Role.MANAGE).document
    if document.restricted:
        Document.objects.filter(pk=document.pk).update(restricted=False)
        record(actor, Event.DOCUMENT_UNRESTRICTED, document)
    return document


def stand_inside(actor: Member, held: Held) -> None:
    """Whoever puts up a wall gets a key inside it, for as long as they could manage it anyhow."""
    lock_keys(held.node.pk)
    holder, until = {"user_id": actor.user_id}, end_of(actor, held)
    upsert(held.node, Role.MANAGE, holder, by=actor.user_id, until=until)
