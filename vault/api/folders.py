"""Folders, and documents arriving in them."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from tenants.errors import Invalid
from tenants.http import acting
from tenants.scoping import scope
from vault.api.schemas import (
    Children,
    DocumentOut,
    FolderOut,
    children_out,
    document_out,
    folder_out,
)
from vault.errors import NoFile
from vault.flows.browse import LONGEST_CURSOR, contents
from vault.flows.filing import OnConflict
from vault.flows.folders import create_folder, rename_folder
from vault.flows.upload import receiving
from vault.names import DisplayName
from vault.rights.fetching import fetch_document, fetch_folder
from vault.views.receiving import VaultUploadHandler, declared_length, received_files

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


class NewFolder(Schema):
    parent: UUID
    name: str


class Renamed(Schema):
    name: str


@router.post("/folders", response={201: FolderOut})
def create(request: HttpRequest, new: NewFolder) -> Status[FolderOut]:
    actor = acting(request)
    folder = create_folder(actor, new.parent, name=DisplayName(new.name))
    return Status(201, folder_out(fetch_folder(actor, folder.pk)))


@router.get("/folders/{uuid:folder_id}", response=FolderOut)
def folder(request: HttpRequest, folder_id: UUID) -> FolderOut:
    return folder_out(fetch_folder(acting(request), folder_id))


@router.patch("/folders/{uuid:folder_id}", response=FolderOut)
def rename(request: HttpRequest, folder_id: UUID, new: Renamed) -> FolderOut:
    rename_folder(acting(request), folder_id, to=DisplayName(new.name))
    return folder_out(fetch_folder(acting(request), folder_id))


@router.get("/folders/{uuid:folder_id}/children", response=Children)
def children(
    request: HttpRequest,
    folder_id: UUID,
    cursor: Annotated[str, Query(max_length=LONGEST_CURSOR)] = "",
) -> Children:
    return children_out(contents(acting(request), folder_id, cursor=cursor))


@router.post(
    "/folders/{uuid:folder_id}/documents", response={201: DocumentOut}, openapi_extra=FORM
)
def upload(
    request: HttpRequest, folder_id: UUID, on_conflict: OnConflict = "refuse"
) -> Status[DocumentOut]:
    """One file, field `file`, perhaps with another `name`. It opens its own scopes."""
    actor = acting(request)
    length = declared_length(request)
    with receiving(actor, folder_id, length=length) as intake:
        request.upload_handlers = [VaultUploadHandler(request, intake)]
        files = received_files(request, "file")
        if not files:
            raise NoFile
        if len(files) > 1:
            raise Invalid("One file a request")
        name = str(request.POST.get("name", ""))
        document = intake.file(files[0].arrival, name=name, on_conflict=on_conflict)
    with scope(actor.tenant_id):
        return Status(201, document_out(fetch_document(actor, document.pk)))
