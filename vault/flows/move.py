"""Moving: edit at both ends, and manage where anyone gains access by it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid, NotFound
from vault.access import NO_WALL, Place, Reason, Role
from vault.errors import Exists
from vault.events import Event
from vault.models import Document, Folder
from vault.models.tree import is_beneath, lock_tree, transplant
from vault.rights.explaining import who_can
from vault.rights.fetching import HeldFolder, demand, fetch_document, fetch_folder


@transaction.atomic
def move_document(actor: Member, document_id: UUID, *, to: UUID) -> Document:
    """Raises `NotFound`, `TooWeak`, `Exists`."""
    lock_tree(actor.tenant_id)
    held = fetch_document(actor, document_id, at_least=Role.EDIT)
    target = fetch_folder(actor, to, at_least=Role.EDIT, keyring=held.keyring)
    document = held.document
    if document.folder_id == to:
        return document
    lying = Document.objects.opened_by(held.keyring).filter(folder=target.folder)
    if twin := lying.filter(name__iexact=document.name).first():
        raise Exists(document.name, document=twin.pk)
    before = who_can(held.place, document=document)
    if gains(before, who_can(target.place, document=document)):
        demand(held.role, Role.MANAGE, ("document", document.pk))
    source, document.folder = document.folder_id, target.folder
    document.save(update_fields=["folder", "changed_at"])
    record(actor, Event.DOCUMENT_MOVED, document, source=source, target=to)
    return document


@transaction.atomic
def move_folder(actor: Member, folder_id: UUID, *, to: UUID) -> Folder:
    """With everything beneath it. Raises `NotFound`, `TooWeak`, `Exists`, `Invalid`."""
    lock_tree(actor.tenant_id)
    held = fetch_folder(actor, folder_id, at_least=Role.EDIT)
    target = fetch_folder(actor, to, at_least=Role.EDIT, keyring=held.keyring)
    folder = held.folder
    if folder.parent_id is None:
        raise NotFound  # roots and homes stay where they are
    if folder.parent_id == to:
        return folder
    if is_beneath(to, folder.pk):
        raise Invalid(_("A folder can't be moved into itself."))
    siblings = Folder.objects.opened_by(held.keyring).filter(parent=target.folder)
    if siblings.filter(name__iexact=folder.name).exists():
        raise Exists(folder.name)
    # What lies behind walls further down gains nothing: their keys are their own.
    if gains(who_can(held.place), who_can(below(target, folder))):
        demand(held.role, Role.MANAGE, ("folder", folder.pk))
    source = folder.parent_id
    transplant(folder, target.folder)
    record(actor, Event.FOLDER_MOVED, folder, source=source, target=to)
    return folder


def below(target: HeldFolder, folder: Folder) -> Place:
    """Where a folder would stand, were it there."""
    wall = target.place.wall_distance
    distance = 0 if folder.restricted else NO_WALL if wall == NO_WALL else wall + 1
    return Place((folder.pk, *target.place.way_up), distance)


def gains(before: dict[UUID, list[Reason]], after: dict[UUID, list[Reason]]) -> bool:
    """Whether anyone could do more afterwards. The strongest reason stands first."""
    return any(
        reasons[0].role > (before[person][0].role if person in before else Role.NONE)
        for person, reasons in after.items()
    )
