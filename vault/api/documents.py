"""Documents: details, rename, bytes."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from tenants.http import acting
from tenants.scoping import scope
from vault.api.schemas import DocumentOut, document_out
from vault.flows.download import download
from vault.flows.rename import rename as rename_document
from vault.gateway.respond import respond
from vault.names import DisplayName
from vault.rights.fetching import fetch_document

router = Router(tags=["documents"])
BYTES = {
    "responses": {
        200: {
            "description": "The bytes, with `Repr-Digest` and `ETag`",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        },
        206: {"description": "The range that was asked for"},
        304: {"description": "The bytes are those of `If-None-Match`"},
        416: {"description": "No byte lies in the range"},
    }
}


class Renamed(Schema):
    name: str


@router.get("/documents/{uuid:document_id}", response=DocumentOut)
def document(request: HttpRequest, document_id: UUID) -> DocumentOut:
    return document_out(fetch_document(acting(request), document_id))


@router.patch("/documents/{uuid:document_id}", response=DocumentOut)
def rename(request: HttpRequest, document_id: UUID, new: Renamed) -> DocumentOut:
    rename_document(acting(request), document_id, to=DisplayName(new.name))
    return document_out(fetch_document(acting(request), document_id))


@router.api_operation(
    ["GET", "HEAD"], "/documents/{uuid:document_id}/content", openapi_extra=BYTES
)
def content(
    request: HttpRequest,
    document_id: UUID,
    disposition: Literal["attachment", "inline"] = "attachment",
) -> Any:
    """It opens its own scope: the bytes leave after the audit row is committed."""
    with scope(acting(request).tenant_id):
        permit = download(acting(request), document_id, disposition=disposition)
    return respond(request, permit)
