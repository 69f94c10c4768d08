"""What an act on many things takes: what was ticked, or everything that a list goes on with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, Self
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tenants.actor import Member
from tenants.errors import Invalid, NotFound, TooWeak
from vault.access import Keyring, Role
from vault.errors import TooMany
from vault.flows.search import LAST_OPENED, Query, documents_found, folders_matching
from vault.flows.star import folders_starred
from vault.flows.visit import visit_folder
from vault.models import Document, Folder
from vault.rights import counting
from vault.rights.keyrings import keyring_of

MOST: Final = 10_000  # folders and documents in one act


@dataclass(frozen=True, slots=True)
class Chosen:
    """Folders and documents, each once; folders before those that lie beneath them."""

    folders: list[UUID]
    documents: list[UUID]

    @property
    def number(self) -> int:
        return len(self.folders) + len(self.documents)


@dataclass(frozen=True, slots=True)
class Matching:
    """All that a list goes on with, for whoever may see it: counted alike and taken alike."""

    folders: QuerySet[Folder]
    documents: QuerySet[Document]
    how_many: Callable[[], int]  # documents

    @classmethod
    def in_folder(cls, folder: Folder, keyring: Keyring) -> Self:
        return cls(
            Folder.objects.opened_by(keyring).filter(parent=folder),
            Document.objects.opened_by(keyring).filter(folder=folder),
            partial(counting.count_in, keyring, folder.pk),
        )

    @classmethod
    def of(cls, actor: Member, query: Query, keyring: Keyring) -> Self:
        """Raises `NotFound` for a folder that can't be seen."""
        documents = documents_found(actor, query, keyring)
        return cls(
            folders_starred(actor, keyring) if query.starred else folders_matching(query, keyring),
            documents,
            partial(counting.count, keyring)
            if query.is_everything
            else documents[: MOST + 1].count,  # more can't be taken, and need no number
        )

    def count(self) -> int:
        """The number that is shown. Of all in a folder, and of everything, it is kept."""
        return self.folders.count() + self.how_many()

    def take(self) -> Chosen:
        """Raises `TooMany`."""
        folders = list(self.folders.values_list("pk", flat=True)[: MOST + 1])
        documents = list(self.documents.values_list("pk", flat=True)[: MOST + 1])
        return settled(folders, documents)


def ticked(folders: Iterable[UUID], documents: Iterable[UUID]) -> Chosen:
    """Raises `Invalid` for nothing, `TooMany`."""
    return settled(list(dict.fromkeys(folders)), list(dict.fromkeys(documents)))


def everything_in(actor: Member, folder_id: UUID) -> Chosen:
    """What lies right there. Raises `NotFound`, `Invalid` for nothing, `TooMany`."""
    held = visit_folder(actor, folder_id)
    return Matching.in_folder(held.folder, held.keyring).take()


def everything_found(actor: Member, query: Query) -> Chosen:
    """Raises `NotFound` for a folder, `Invalid` for nothing, `TooMany`."""
    return Matching.of(actor, query, keyring_of(actor)).take()


def everything_starred(actor: Member) -> Chosen:
    return everything_found(actor, Query(starred=True))


def everything_opened(actor: Member) -> Chosen:
    return everything_found(actor, Query(sort=LAST_OPENED.name))


def settled(folders: list[UUID], documents: list[UUID]) -> Chosen:
    if len(folders) + len(documents) > MOST:
        raise TooMany(most=MOST)
    if not folders and not documents:
        raise Invalid(_("Nothing is chosen."))
    return Chosen(from_the_top(folders), documents)


def from_the_top(folders: list[UUID]) -> list[UUID]:
    """By their depth; what isn't there any more comes last."""
    known = Folder.objects.filter(pk__in=folders).annotate(depth=Count("line"))
    ordered = list(known.order_by("depth", "pk").values_list("pk", flat=True))
    return [*ordered, *sorted(set(folders) - set(ordered))]


def require_something(actor: Member, chosen: Chosen, role: Role) -> None:
    """Refuses an act that nothing of what was chosen could be done of.

    Raises `NotFound` where all of it is out of sight, `TooWeak` where the role is nowhere enough.
    """
    keyring = keyring_of(actor)
    if not any_opened(keyring, chosen, Role.PREVIEW):
        raise NotFound
    if not any_opened(keyring, chosen, role):
        raise TooWeak(needed=role.word)


def any_opened(keyring: Keyring, chosen: Chosen, role: Role) -> bool:
    folders = Folder.objects.opened_by(keyring, role).filter(pk__in=chosen.folders)
    documents = Document.objects.opened_by(keyring, role).filter(pk__in=chosen.documents)
    return documents.exists() or folders.exists()
