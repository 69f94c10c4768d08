"""The last step of an upload: a checked file becomes a document, or a new version of one."""

from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from django.db import transaction

from tenants.actor import Member
from tenants.audit import record
from vault import quota
from vault.access import Role
from vault.errors import Exists, Unfinished
from vault.events import Event
from vault.failpoints import reach
from vault.models import Blob, BlobState, Document, Folder, Reservation, Version
from vault.names import DisplayName
from vault.rights.fetching import HeldFolder, demand, fetch_document, fetch_folder

type OnConflict = Literal["refuse", "version", "keep_both"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that came whole and passed every check; its bytes lie at its blob's key."""

    blob_id: UUID
    name: DisplayName
    size: int
    sha256: bytes
    media_type: str


class Target(Protocol):
    """Where an upload goes. Both raise what forbids it."""

    def authorise(self, actor: Member) -> None: ...
    def file(
        self, actor: Member, reservation: Reservation, checked: Checked, on_conflict: OnConflict
    ) -> Document: ...


@dataclass(frozen=True, slots=True)
class IntoFolder:
    folder_id: UUID

    def authorise(self, actor: Member) -> None:
        fetch_folder(actor, self.folder_id, at_least=Role.EDIT)

    def file(
        self, actor: Member, reservation: Reservation, checked: Checked, on_conflict: OnConflict
    ) -> Document:
        return file_document(actor, self.folder_id, reservation, checked, on_conflict=on_conflict)


@dataclass(frozen=True, slots=True)
class AsVersion:
    """Of this document, whatever the file is called."""

    document_id: UUID

    def authorise(self, actor: Member) -> None:
        fetch_document(actor, self.document_id, at_least=Role.EDIT)

    def file(
        self, actor: Member, reservation: Reservation, checked: Checked, on_conflict: OnConflict
    ) -> Document:
        return file_version(actor, self.document_id, reservation, checked)


@transaction.atomic
def file_version(
    actor: Member, document_id: UUID, reservation: Reservation, checked: Checked
) -> Document:
    """Raises, where things changed meanwhile, `NotFound`, `TooWeak`, `Unfinished`."""
    Document.objects.select_for_update(no_key=True).filter(pk=document_id).first()
    document = fetch_document(actor, document_id, at_least=Role.EDIT).document
    store(checked)
    add_version(actor, document, checked)
    quota.settle(reservation, checked.blob_id, checked.size)
    reach("upload.filing")
    return document


@transaction.atomic
def file_document(
    actor: Member,
    folder_id: UUID,
    reservation: Reservation,
    checked: Checked,
    *,
    on_conflict: OnConflict,
) -> Document:
    """Raises `Exists`; and, if things changed meanwhile, `NotFound`, `TooWeak`, `Unfinished`."""
    # The folder's row is the lock under which two files of one name see each other.
    Folder.objects.select_for_update(no_key=True).filter(pk=folder_id).first()
    held = fetch_folder(actor, folder_id, at_least=Role.EDIT)
    store(checked)
    twin = visible_twin(held, checked.name)
    if twin is None or on_conflict == "keep_both":
        name = checked.name if twin is None else free_name(held, checked.name)
        document = add_document(actor, held, checked, name=name)
    elif on_conflict == "version":
        role = held.keyring.role_on(twin.pk, held.place, restricted=twin.restricted)
        demand(role, Role.EDIT, ("document", twin.pk))
        document = add_version(actor, twin, checked)
    else:
        raise Exists(checked.name, document=twin.pk)
    quota.settle(reservation, checked.blob_id, checked.size)
    reach("upload.filing")
    return document


def store(checked: Checked) -> None:
    """`receiving -> stored -> unscanned`: there is no scanner, and every page says so."""
    arrived = Blob.objects.filter(pk=checked.blob_id, state=BlobState.RECEIVING).update(
        state=BlobState.STORED,
        size=checked.size,
        sha256=checked.sha256,
        media_type=checked.media_type,
        reservation=None,
    )
    if not arrived:
        raise Unfinished
    Blob.objects.filter(pk=checked.blob_id).update(state=BlobState.UNSCANNED)


def visible_twin(held: HeldFolder, name: DisplayName) -> Document | None:
    documents = Document.objects.opened_by(held.keyring).filter(folder=held.folder)
    return documents.filter(name__iexact=name).order_by("id").first()


def add_document(
    actor: Member, held: HeldFolder, checked: Checked, *, name: DisplayName
) -> Document:
    document = Document.objects.create(
        tenant_id=actor.tenant_id, folder=held.folder, name=name, created_by_id=actor.user_id
    )
    version = make_current(actor, document, checked, number=1)
    record(
        actor,
        Event.DOCUMENT_UPLOADED,
        document,
        name=name,
        folder=held.folder.pk,
        **facts(version),
    )
    return document


def add_version(actor: Member, document: Document, checked: Checked) -> Document:
    last = Version.objects.filter(document=document).order_by("-number").first()
    version = make_current(actor, document, checked, number=last.number + 1 if last else 1)
    record(actor, Event.DOCUMENT_REPLACED, document, name=document.name, **facts(version))
    return document


def make_current(actor: Member, document: Document, checked: Checked, *, number: int) -> Version:
    version = Version.objects.create(
        tenant_id=actor.tenant_id,
        document=document,
        number=number,
        blob_id=checked.blob_id,
        created_by_id=actor.user_id,
    )
    document.current = version
    document.save(update_fields=["current", "changed_at"])
    return version


def free_name(held: HeldFolder, name: DisplayName) -> DisplayName:
    """The name itself, or the first number that makes it free among what the actor may see."""
    documents = Document.objects.opened_by(held.keyring).filter(folder=held.folder)
    return name.free_among(documents.values_list("name", flat=True))


def facts(version: Version) -> dict[str, object]:
    blob = version.blob
    return {
        "version": version.number,
        "blob": blob.pk,
        "size": blob.size,
        "sha256": bytes(blob.sha256 or b"").hex(),
    }
