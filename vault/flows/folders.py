"""Folders: create and rename."""

from uuid import UUID

from django.db import transaction

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import NotFound
from vault.access import Role
from vault.errors import Exists
from vault.events import Event
from vault.models import Folder
from vault.models.tree import lock_tree, plant
from vault.names import DisplayName
from vault.rights.fetching import HeldFolder, fetch_folder


def root_of(actor: Member) -> Folder:
    return Folder.objects.get(is_root=True)


def home_of(actor: Member) -> Folder | None:
    """None for guests, who have none."""
    return Folder.objects.filter(home_of=actor.user_id).first()


@transaction.atomic
def create_folder(actor: Member, parent_id: UUID, *, name: DisplayName) -> Folder:
    """Raises `NotFound`, `TooWeak`, `Exists`."""
    lock_tree(actor.tenant_id)
    parent = fetch_folder(actor, parent_id, at_least=Role.EDIT)
    require_free(parent, name)
    folder = plant(
        Folder(
            tenant_id=actor.tenant_id,
            parent=parent.folder,
            name=name,
            created_by_id=actor.user_id,
        )
    )
    record(actor, Event.FOLDER_CREATED, folder, name=name, parent=parent.folder.pk)
    return folder


@transaction.atomic
def rename_folder(actor: Member, folder_id: UUID, *, to: DisplayName) -> Folder:
    """Raises `NotFound`, `TooWeak`, `Exists`. Roots and homes keep their names."""
    held = fetch_folder(actor, folder_id, at_least=Role.EDIT)
    folder = held.folder
    if folder.parent_id is None:
        raise NotFound
    before = folder.name
    if before != to:
        siblings = Folder.objects.opened_by(held.keyring).filter(parent_id=folder.parent_id)
        if siblings.filter(name__iexact=to).exclude(pk=folder.pk).exists():
            raise Exists(to)
        folder.name = to
        folder.save(update_fields=["name", "changed_at"])
        record(actor, Event.FOLDER_RENAMED, folder, before=before, after=to)
    return folder


def require_free(parent: HeldFolder, name: DisplayName) -> None:
    """Whether a name is taken is judged among what the actor may see."""
    visible = Folder.objects.opened_by(parent.keyring).filter(parent=parent.folder)
    if visible.filter(name__iexact=name).exists():
        raise Exists(name)


def free_folder_name(parent: HeldFolder, folder: Folder) -> DisplayName:
    """A folder's name, or the first number that makes it free, among what the actor may see."""
    visible = Folder.objects.opened_by(parent.keyring).filter(parent=parent.folder)
    return DisplayName(folder.name).free_among(visible.values_list("name", flat=True))
