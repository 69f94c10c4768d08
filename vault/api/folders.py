"""Folders, and documents arriving in them."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel

from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from tenants.scoping import scope
from vault.api.effects import EffectOut, move_foreseen
from vault.api.schemas import (
    Children,
    DocumentOut,
    FolderOut,
    Sort,
    children_out,
    document_out,
    folder_out,
)
from vault.flows.browse import contents
from vault.flows.copy import copy_folder
from vault.flows.filing import OnConflict
from vault.flows.folders import create_folder, rename_folder
from vault.flows.move import move_folder
from vault.flows.star import star_folder, unstar_folder
from vault.flows.trash import restore_node, trash_folder
from vault.flows.upload import receiving
from vault.flows.visit import visit_folder
from vault.names import DisplayName
from vault.rights.fetching import fetch_document, fetch_folder
from vault.views.receiving import VaultUploadHandler, declared_length, the_one_file

router = Router(tags=["folders"])
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "name": {"type": "string", "maxLength": 10_000},
                    },
                }
            }
        },
    }
}


class NewFolder(BaseModel):
    parent: UUID
    name: str


class FolderChange(BaseModel):
    """Another name, another parent, or both."""

    name: str | None = None
    parent: UUID | None = None


class CopyUnder(BaseModel):
    parent: UUID


@router.post("/folders", response={201: FolderOut})
def create(request: HttpRequest, new: NewFolder) -> Status[FolderOut]:
    """Makes a folder."""
    actor = acting(request)
    folder = create_folder(actor, new.parent, name=DisplayName(new.name))
    return Status(201, folder_out(fetch_folder(actor, folder.pk)))


@router.get("/folders/{uuid:folder_id}", response=FolderOut)
def folder(request: HttpRequest, folder_id: UUID) -> FolderOut:
    """One folder."""
    return folder_out(visit_folder(acting(request), folder_id))


@router.patch("/folders/{uuid:folder_id}", response={200: FolderOut | EffectOut})
def change(
    request: HttpRequest, folder_id: UUID, new: FolderChange, *, dry_run: bool = False
) -> FolderOut | EffectOut:
    """Renames a folder, moves it, or both.

    `dry_run` answers who would gain and lose by moving it.
    """
    if dry_run:
        held = fetch_folder(acting(request), folder_id)
        return move_foreseen(acting(request), held, move_folder, to=new.parent)
    if new.parent is not None:
        move_folder(acting(request), folder_id, to=new.parent)
    if new.name is not None:
        rename_folder(acting(request), folder_id, to=DisplayName(new.name))
    return folder_out(fetch_folder(acting(request), folder_id))


@router.delete("/folders/{uuid:folder_id}", response={204: None})
def throw_away(request: HttpRequest, folder_id: UUID) -> Status[None]:
    """Puts a folder into the trash, with everything beneath it."""
    trash_folder(acting(request), folder_id)
    return Status(204, None)


@router.post("/folders/{uuid:folder_id}/restoration", response=FolderOut)
def get_back(request: HttpRequest, folder_id: UUID) -> FolderOut:
    """Takes a folder out of the trash, if it was thrown away by itself."""
    restore_node(acting(request), folder_id)
    return folder_out(fetch_folder(acting(request), folder_id))


@router.get("/folders/{uuid:folder_id}/children", response=Children)
def children(
    request: HttpRequest,
    folder_id: UUID,
    cursor: Annotated[str, Query(max_length=LONGEST_CURSOR)] = "",
    sort: Sort = "name",
) -> Children:
    """What lies in a folder: folders first. A cursor belongs to the order that it came with."""
    return children_out(contents(acting(request), folder_id, cursor=cursor, sort=sort))


@router.post("/folders/{uuid:folder_id}/copies", response={201: FolderOut})
def copy(request: HttpRequest, folder_id: UUID, to: CopyUnder) -> Status[FolderOut]:
    """Copies a folder, with all beneath it that the caller may download.

    The copy takes a free name, and no room.
    """
    made = copy_folder(acting(request), folder_id, to=to.parent)
    return Status(201, folder_out(fetch_folder(acting(request), made.pk)))


@router.put("/folders/{uuid:folder_id}/star", response={204: None})
def star(request: HttpRequest, folder_id: UUID) -> Status[None]:
    """Stars a folder. Stars are the caller's own."""
    star_folder(acting(request), folder_id)
    return Status(204, None)


@router.delete("/folders/{uuid:folder_id}/star", response={204: None})
def unstar(request: HttpRequest, folder_id: UUID) -> Status[None]:
    """Takes the caller's star away."""
    unstar_folder(acting(request), folder_id)
    return Status(204, None)


@router.post(
    "/folders/{uuid:folder_id}/documents", response={201: DocumentOut}, openapi_extra=FORM
)
def upload(
    request: HttpRequest, folder_id: UUID, on_conflict: OnConflict = "refuse"
) -> Status[DocumentOut]:
    """Files one document: the field `file`, perhaps under another `name`."""
    # It opens its own scopes.
    actor = acting(request)
    length = declared_length(request)
    with receiving(actor, folder_id, length=length) as intake:
        request.upload_handlers = [VaultUploadHandler(request, intake)]
        file = the_one_file(request)
        name = str(request.POST.get("name", ""))
        document = intake.file(file.arrival, name=name, on_conflict=on_conflict)
    with scope(actor.tenant_id):
        return Status(201, document_out(fetch_document(actor, document.pk)))
