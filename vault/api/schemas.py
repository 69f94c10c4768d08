"""What the API says of the vault's rows. Sizes in bytes, times RFC 3339 in UTC."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from accounts.models import User
from vault.access import Role
from vault.flows.browse import Contents
from vault.models import Folder
from vault.rights.exposure import exposures
from vault.rights.fetching import HeldDocument, HeldFolder
from vault.rights.listed import Shown

# No `type` statements where these are parameters: the description would lose the parameter's name.
Sort = Literal["name", "-name", "changed", "-changed", "size", "-size", "type", "-type"]
SortWord = Literal[Sort, "-opened"]
type RoleWord = Literal["preview", "read", "edit", "manage"]


class FolderOut(BaseModel):
    kind: Literal["folder"] = "folder"
    id: UUID
    name: str
    parent: UUID | None
    restricted: bool
    created_at: datetime
    changed_at: datetime
    role: RoleWord

    @classmethod
    def of(cls, folder: Folder, role: Role) -> "FolderOut":
        return cls(
            id=folder.pk,
            name=folder.name,
            parent=folder.parent_id,
            restricted=folder.restricted,
            created_at=folder.created_at,
            changed_at=folder.changed_at,
            role=word(role),
        )


class DocumentOut(BaseModel):
    kind: Literal["document"] = "document"
    id: UUID
    name: str
    description: str
    folder: UUID
    media_type: str
    size: int
    sha256: str
    version: int
    restricted: bool
    created_at: datetime
    changed_at: datetime
    role: RoleWord
    exposure: Literal["private", "team", "organisation", "external", "link"]
    scan: str

    @classmethod
    def of(cls, row: Shown) -> "DocumentOut":
        document = row.document
        return cls(
            id=document.pk,
            name=document.name,
            description=document.description,
            folder=document.folder_id,
            media_type=document.media_type,
            size=document.size,
            sha256=document.sha256.hex(),
            version=document.version,
            restricted=document.restricted,
            created_at=document.created_at,
            changed_at=document.changed_at,
            role=word(row.role),
            exposure=row.exposure.level,
            scan=document.scan,
        )


class PersonOut(BaseModel):
    id: UUID
    email: str
    name: str

    @classmethod
    def of(cls, person: User) -> "PersonOut":
        return cls(id=person.pk, email=person.email, name=person.name)


class Children(BaseModel):
    items: list[FolderOut | DocumentOut]
    next: str | None


def word(role: Role) -> RoleWord:
    words: dict[Role, RoleWord] = {
        Role.PREVIEW: "preview",
        Role.READ: "read",
        Role.EDIT: "edit",
        Role.MANAGE: "manage",
    }
    return words[role]


def folder_out(held: HeldFolder) -> FolderOut:
    return FolderOut.of(held.folder, held.role)


def document_out(held: HeldDocument) -> DocumentOut:
    exposure = exposures([held])[held.pk]
    return DocumentOut.of(Shown.of(held, exposure))


def children_out(page: Contents) -> Children:
    folders = [FolderOut.of(folder, page.role_in(folder)) for folder in page.folders]
    documents = [DocumentOut.of(row) for row in page.documents]
    return Children(items=[*folders, *documents], next=page.next)
