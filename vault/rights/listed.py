"""A document as lists show it.

What a list shows of fifty documents comes from fifty rows of five tables. As models these would be
three hundred objects, to read a few words from each; so a list's documents are read by one
statement, by their ids, into what they are shown by.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from accounts.models.user import CALLED
from tenants.scoping import ask
from vault.access import Keyring, Place, Role
from vault.models import array
from vault.rights.exposure import Exposure
from vault.rights.fetching import HeldDocument

# In the order of the fields of `Listed`.
ROWS: Final = f"""
    SELECT document.id, document.name, document.description, document.restricted,
           folder.id, CASE WHEN folder.is_root THEN '' ELSE folder.name END,
           coalesce({CALLED}, ''),
           document.created_at, document.changed_at,
           version.number, blob.media_type, coalesce(blob.size, 0), blob.sha256, blob.state,
           ARRAY(
               SELECT ancestor_id FROM vault_folderclosure
               WHERE descendant_id = folder.id ORDER BY distance
           ), folder.wall_distance
    FROM vault_document document
    JOIN vault_folder folder ON folder.id = document.folder_id
    JOIN vault_version version ON version.id = document.current_id
    JOIN vault_blob blob ON blob.id = version.blob_id
    LEFT JOIN accounts_user person ON person.id = document.created_by_id
    WHERE document.id = ANY(%(ids)s::uuid[]) AND document.trashed_id IS NULL
"""  # noqa: S608  its words are ours


@dataclass(frozen=True, slots=True)
class Listed:
    pk: UUID
    name: str
    description: str
    restricted: bool
    folder_id: UUID
    folder: str  # its name; none for the organisation's root
    created_by: str
    created_at: datetime
    changed_at: datetime
    version: int
    media_type: str
    size: int  # bytes
    sha256: bytes
    scan: str  # the state of the blob
    place: Place  # of its folder

    @classmethod
    def of(cls, held: HeldDocument) -> Self:
        document = held.document
        version = document.current
        if version is None:
            raise LookupError(document.pk)  # a document without a version is never committed
        blob, folder = version.blob, document.folder
        return cls(
            pk=document.pk,
            name=document.name,
            description=document.description,
            restricted=document.restricted,
            folder_id=folder.pk,
            folder="" if folder.is_root else folder.name,
            created_by=str(document.created_by or ""),
            created_at=document.created_at,
            changed_at=document.changed_at,
            version=version.number,
            media_type=blob.media_type,
            size=blob.size or 0,
            sha256=bytes(blob.sha256 or b""),
            scan=blob.state,
            place=held.place,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One document in somebody's list."""

    document: Listed
    role: Role
    exposure: Exposure
    where: str  # its folder's name, for who may see the folder: one document may be all they see

    @classmethod
    def of(cls, held: HeldDocument, exposure: Exposure) -> Self:
        """By itself: where it lies is not told."""
        return cls(Listed.of(held), held.role, exposure, where="")


def listed(ids: Iterable[UUID]) -> list[Listed]:
    """These documents, in this order: one query. What is gone meanwhile is left out."""
    order = list(ids)
    found = {
        row[0]: Listed(*(*row, Place(tuple(way), wall)))
        for *row, way, wall in ask(ROWS, {"ids": array(order)})
    }
    return [found[pk] for pk in order if pk in found]


def shown(
    keyring: Keyring, documents: Iterable[Listed], exposures: Mapping[UUID, Exposure]
) -> list[Shown]:
    """What these keys no longer open, where it lies by now, is left out."""
    rows = []
    for document in documents:
        role = keyring.role_on(document.pk, document.place, restricted=document.restricted)
        where = document.folder if keyring.role_in(document.place) else ""
        rows.append(Shown(document, role, exposures[document.pk], where))
    return [row for row in rows if row.role]
