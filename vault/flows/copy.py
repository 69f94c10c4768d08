"""Copies of documents and of whole folders.

A copy is a document of its own whose first version has the bytes of the original's newest. Blobs
never change, so the two share one: no byte is stored again and no room is taken, and the bytes go
when the last document that shows them is gone. Keys are not copied. What stood behind a wall
stands behind one again, and only whoever copied it gets in.
"""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.actor import Member
from tenants.audit import record, record_read
from tenants.errors import Invalid, NotFound
from vault.access import Role
from vault.errors import TooMany
from vault.events import Event
from vault.flows.download import servable
from vault.flows.filing import free_name
from vault.flows.folders import free_folder_name
from vault.flows.visit import visit_document, visit_folder
from vault.models import SERVED, Document, Folder, FolderClosure, Version
from vault.models.tree import is_beneath, lock_tree, plant
from vault.names import DisplayName
from vault.rights.fetching import HeldFolder, fetch_folder, whole
from vault.rights.writing import give_person

MOST: Final = 1_000  # documents, and as many folders, in one copy


@transaction.atomic
def copy_document(actor: Member, document_id: UUID, *, to: UUID) -> Document:
    """Into a folder, under a free name. Raises `NotFound`, `TooWeak`, `NotServed`."""
    lock_tree(actor.tenant_id)
    held = visit_document(actor, document_id, at_least=Role.READ)
    target = fetch_folder(actor, to, at_least=Role.EDIT, keyring=held.keyring)
    servable(held.document)
    name = free_name(target, DisplayName(held.document.name))
    return Copier(actor).document(held.document, target.folder, name=name)


@transaction.atomic
def copy_folder(actor: Member, folder_id: UUID, *, to: UUID) -> Folder:
    """With everything beneath it that the actor may download, under a free name.

    Raises `NotFound`, `TooWeak`, `TooMany`, `Invalid` where it would be copied into itself.
    """
    lock_tree(actor.tenant_id)
    held = visit_folder(actor, folder_id, at_least=Role.READ)
    target = fetch_folder(actor, to, at_least=Role.EDIT, keyring=held.keyring)
    if held.folder.parent_id is None:
        raise NotFound  # roots and homes are not copied as such
    if is_beneath(to, folder_id):
        raise Invalid(_("A folder can't be copied into itself."))
    folders, documents = beneath(held)
    copier = Copier(actor)
    made = copier.folder(held.folder, target.folder, name=free_folder_name(target, held.folder))
    for folder in folders:
        if folder.parent_id in copier.places:  # else it lies behind a wall between
            copier.folder(folder, copier.places[folder.parent_id], name=folder.name)
    for document in documents:
        if document.folder_id in copier.places:
            copier.document(document, copier.places[document.folder_id], name=document.name)
    facts = {"name": made.name, "source": folder_id, "documents": copier.documents}
    record(actor, Event.FOLDER_COPIED, made, **facts)
    return made


def beneath(held: HeldFolder) -> tuple[list[Folder], list[Document]]:
    """What the actor may download, folders from the top. Raises `TooMany`."""
    line = FolderClosure.objects.filter(ancestor=held.folder)
    inner = Folder.objects.opened_by(held.keyring, Role.READ).filter(
        line__in=line.filter(distance__gt=0)
    )
    folders = list(inner.order_by("line__distance", "name")[: MOST + 1])
    lying = Document.objects.opened_by(held.keyring, Role.READ).filter(
        folder__in=line.values("descendant_id"), current__blob__state__in=SERVED
    )
    documents = list(whole(lying)[: MOST + 1])
    if max(len(folders), len(documents)) > MOST:
        raise TooMany(most=MOST)
    return folders, documents


@dataclass(slots=True)
class Copier:
    """Makes the rows of one copy, and remembers where each folder went."""

    actor: Member
    places: dict[UUID, Folder] = field(default_factory=dict)
    documents: int = 0

    def folder(self, original: Folder, parent: Folder, *, name: str) -> Folder:
        made = plant(
            Folder(
                tenant_id=self.actor.tenant_id,
                parent=parent,
                name=name,
                restricted=original.restricted,
                created_by_id=self.actor.user_id,
            )
        )
        self.let_in(made)
        self.places[original.pk] = made
        return made

    def document(self, original: Document, folder: Folder, *, name: str) -> Document:
        version = original.current
        assert version is not None
        made = Document.objects.create(
            tenant_id=self.actor.tenant_id,
            folder=folder,
            name=name,
            description=original.description,
            restricted=original.restricted,
            created_by_id=self.actor.user_id,
        )
        made.current = Version.objects.create(
            tenant_id=self.actor.tenant_id,
            document=made,
            number=1,
            blob=version.blob,
            created_by_id=self.actor.user_id,
        )
        made.save(update_fields=["current"])
        self.let_in(made)
        self.documents += 1
        # Whoever may see what was done to the original sees that somebody took it along.
        record_read(
            self.actor,
            Event.DOCUMENT_DOWNLOADED,
            original,
            thing=version.pk,
            version=version.number,
            disposition="copy",
        )
        facts = {"name": name, "folder": folder.pk, "source": original.pk}
        record(self.actor, Event.DOCUMENT_COPIED, made, version=version.number, **facts)
        return made

    def let_in(self, made: Folder | Document) -> None:
        if made.restricted:
            give_person(made, self.actor.user_id, Role.MANAGE, by=self.actor.user_id)
