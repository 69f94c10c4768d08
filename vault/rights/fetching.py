"""Fetching is authorising: a row comes with the role that the actor holds on it, or not at all."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from tenants.actor import Member
from tenants.errors import NotFound, TooWeak
from vault.access import Keyring, Place, Role
from vault.models import Document, Folder, place_of, places_of
from vault.rights.keyrings import keyring_of

UNSHOWN: Final = [
    f"{person}__{field.name}"
    for person in ("created_by", "current__created_by")
    for field in User._meta.concrete_fields
    if field.name not in ("id", "email", "name")
]


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """A folder that the actor may see, and how."""

    folder: Folder
    place: Place
    role: Role
    keyring: Keyring

    @property
    def node(self) -> Folder:
        return self.folder


@dataclass(frozen=True, slots=True)
class HeldDocument:
    document: Document
    place: Place  # of its folder
    role: Role
    keyring: Keyring

    @property
    def node(self) -> Document:
        return self.document

    @property
    def pk(self) -> UUID:
        return self.document.pk

    @property
    def folder_id(self) -> UUID:
        return self.document.folder_id

    @property
    def restricted(self) -> bool:
        return self.document.restricted


type Held = HeldFolder | HeldDocument


def fetch_folder(
    actor: Member,
    folder_id: UUID,
    *,
    at_least: Role = Role.PREVIEW,
    keyring: Keyring | None = None,
) -> HeldFolder:
    """Raises `NotFound` where the actor holds no role, `TooWeak` where it is not enough.

    Where there is nothing the same is done, so that no time tells it from what is hidden.
    """
    keyring = keyring or keyring_of(actor)
    folder = Folder.objects.filter(pk=folder_id).first()
    place = place_of(folder_id)
    if folder is None:
        raise NotFound
    role = keyring.role_in(place)
    demand(role, at_least, ("folder", folder.pk))
    return HeldFolder(folder, place, role, keyring)


def fetch_document(
    actor: Member,
    document_id: UUID,
    *,
    at_least: Role = Role.PREVIEW,
    keyring: Keyring | None = None,
) -> HeldDocument:
    """Raises `NotFound` where the actor holds no role, `TooWeak` where it is not enough.

    Where there is nothing the same is done, so that no time tells it from what is hidden.
    """
    keyring = keyring or keyring_of(actor)
    document = whole(Document.objects.filter(pk=document_id)).first()
    place = place_of(document.folder_id if document else document_id)
    if document is None:
        raise NotFound
    role = keyring.role_on(document.pk, place, restricted=document.restricted)
    demand(role, at_least, ("document", document.pk))
    return HeldDocument(document, place, role, keyring)


def held_folders(keyring: Keyring, folders: list[Folder]) -> list[HeldFolder]:
    """Each with the role that these keys give in it: one query, however many there are."""
    places = places_of([folder.pk for folder in folders])
    return [
        HeldFolder(folder, places[folder.pk], keyring.role_in(places[folder.pk]), keyring)
        for folder in folders
    ]


def role_held(keyring: Keyring, held: Held) -> Role:
    """What somebody else's keys give on the same node."""
    if isinstance(held, HeldFolder):
        return keyring.role_in(held.place)
    document = held.document
    return keyring.role_on(document.pk, held.place, restricted=document.restricted)


def whole(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With what every page of a document shows; of people, that is what they are called."""
    rows = documents.select_related("folder", "current__blob", "current__created_by", "created_by")
    return rows.defer(*UNSHOWN)


def demand(role: Role, at_least: Role, subject: tuple[str, UUID]) -> None:
    if role == Role.NONE:
        raise NotFound
    if role < at_least:
        raise TooWeak(subject=subject, needed=at_least.word)


__all__ = [
    "Held",
    "HeldDocument",
    "HeldFolder",
    "fetch_document",
    "fetch_folder",
    "held_folders",
    "role_held",
    "whole",
]
