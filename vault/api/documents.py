"""Documents: found, changed, copied; their bytes and versions."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import AwareDatetime, BaseModel, Field

from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from tenants.scoping import scope
from vault.api.effects import EffectOut, move_foreseen
from vault.api.folders import FORM
from vault.api.schemas import DocumentOut, SortWord, document_out
from vault.flows import search
from vault.flows.copy import copy_document
from vault.flows.describe import describe
from vault.flows.download import download
from vault.flows.filing import AsVersion
from vault.flows.move import move_document
from vault.flows.rename import rename
from vault.flows.star import star_document, unstar_document
from vault.flows.trash import restore_node, trash_document
from vault.flows.upload import receiving_at
from vault.flows.versions import download_version, restore_version, versions_of
from vault.flows.visit import visit_document
from vault.gateway.respond import respond
from vault.models import Version
from vault.models.nodes import LONGEST_DESCRIPTION
from vault.names import DisplayName
from vault.rights import counting
from vault.rights.fetching import fetch_document
from vault.views.receiving import VaultUploadHandler, declared_length, the_one_file

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


class DocumentChange(BaseModel):
    """Another name, folder or description, or several of them."""

    name: str | None = None
    folder: UUID | None = None
    description: str | None = Field(None, max_length=LONGEST_DESCRIPTION)


class CopyTo(BaseModel):
    folder: UUID


class Documents(BaseModel):
    """`total` is told where it was asked for, of a list that nothing narrows."""

    items: list[DocumentOut]
    next: str | None
    total: int | None = None


class VersionOut(BaseModel):
    number: int
    size: int
    sha256: str
    scan: str
    current: bool
    restored_from: int | None
    created_at: datetime
    created_by: UUID | None

    @classmethod
    def of(cls, version: Version, current: UUID | None) -> "VersionOut":
        blob = version.blob
        return cls(
            number=version.number,
            size=blob.size or 0,
            sha256=bytes(blob.sha256 or b"").hex(),
            scan=blob.state,
            current=version.pk == current,
            restored_from=version.restored_from,
            created_at=version.created_at,
            created_by=version.created_by_id,
        )


class Versions(BaseModel):
    items: list[VersionOut]
    next: None = None


class Sought(BaseModel):
    """What is looked for: words of the name, anywhere beneath a folder, an extension, who filed
    it, changed since, one's own stars.
    """

    q: str = Field("", max_length=200, pattern=r"^[^\x00]*$")
    folder: UUID | None = None
    type: str = Field("", max_length=8)
    owner: UUID | None = None
    since: AwareDatetime | None = None
    starred: bool = False

    def query(self, sort: str) -> search.Query:
        return search.Query(
            words=self.q,
            folder=self.folder,
            extension=self.type,
            owner=self.owner,
            since=self.since,
            starred=self.starred,
            sort=sort,
        )


class Looked(Sought):
    """What is looked for, and in which order.

    `-opened` lists what the caller opened, the latest first.
    """

    sort: SortWord = "-changed"
    cursor: str = Field("", max_length=LONGEST_CURSOR)
    count: bool = False


@router.get("/documents", response=Documents)
def documents(request: HttpRequest, looked: Query[Looked]) -> Documents:
    """Searches all that the caller may see, by default the newest first.

    Where nothing narrows it, this is the list of all of it, and `count` asks how many there are.

    `sort=-opened` lists what the caller opened, the latest first.
    """
    query = looked.query(looked.sort)
    found = search.search(acting(request), query, cursor=looked.cursor)
    items = [DocumentOut.of(row) for row in found.documents]
    counted = looked.count and query.is_everything
    total = counting.count(found.keyring) if counted else None
    return Documents(items=items, next=found.next, total=total)


@router.get("/documents/{uuid:document_id}", response=DocumentOut)
def document(request: HttpRequest, document_id: UUID) -> DocumentOut:
    """One document, as its current version is."""
    return document_out(visit_document(acting(request), document_id))


@router.patch("/documents/{uuid:document_id}", response={200: DocumentOut | EffectOut})
def change(
    request: HttpRequest, document_id: UUID, new: DocumentChange, *, dry_run: bool = False
) -> DocumentOut | EffectOut:
    """Renames a document, moves it, describes it, or several of these.

    `dry_run` answers who would gain and lose by moving it.
    """
    if dry_run:
        held = fetch_document(acting(request), document_id)
        return move_foreseen(acting(request), held, move_document, to=new.folder)
    if new.folder is not None:
        move_document(acting(request), document_id, to=new.folder)
    if new.name is not None:
        rename(acting(request), document_id, to=DisplayName(new.name))
    if new.description is not None:
        describe(acting(request), document_id, words=new.description)
    return document_out(fetch_document(acting(request), document_id))


@router.delete("/documents/{uuid:document_id}", response={204: None})
def throw_away(request: HttpRequest, document_id: UUID) -> Status[None]:
    """Puts a document into the trash."""
    trash_document(acting(request), document_id)
    return Status(204, None)


@router.post("/documents/{uuid:document_id}/restoration", response=DocumentOut)
def get_back(request: HttpRequest, document_id: UUID) -> DocumentOut:
    """Takes a document out of the trash, if it was thrown away by itself."""
    restore_node(acting(request), document_id)
    return document_out(fetch_document(acting(request), document_id))


@router.post("/documents/{uuid:document_id}/copies", response={201: DocumentOut})
def copy(request: HttpRequest, document_id: UUID, to: CopyTo) -> Status[DocumentOut]:
    """Copies a document into a folder. The copy takes a free name, and no room."""
    made = copy_document(acting(request), document_id, to=to.folder)
    return Status(201, document_out(fetch_document(acting(request), made.pk)))


@router.put("/documents/{uuid:document_id}/star", response={204: None})
def star(request: HttpRequest, document_id: UUID) -> Status[None]:
    """Stars a document. Stars are the caller's own."""
    star_document(acting(request), document_id)
    return Status(204, None)


@router.delete("/documents/{uuid:document_id}/star", response={204: None})
def unstar(request: HttpRequest, document_id: UUID) -> Status[None]:
    """Takes the caller's star away."""
    unstar_document(acting(request), document_id)
    return Status(204, None)


@router.get("/documents/{uuid:document_id}/versions", response=Versions)
def versions(request: HttpRequest, document_id: UUID) -> Versions:
    """All versions of a document, the newest first."""
    with scope(acting(request).tenant_id):
        held = fetch_document(acting(request), document_id)
        current = held.document.current_id
        return Versions(items=[VersionOut.of(v, current) for v in versions_of(held)])


@router.post(
    "/documents/{uuid:document_id}/versions", response={201: DocumentOut}, openapi_extra=FORM
)
def upload(request: HttpRequest, document_id: UUID) -> Status[DocumentOut]:
    """Files a new version: the field `file`."""
    # It opens its own scopes.
    actor = acting(request)
    target, length = AsVersion(document_id), declared_length(request)
    with receiving_at(actor, target, length=length) as intake:
        request.upload_handlers = [VaultUploadHandler(request, intake)]
        intake.file(the_one_file(request).arrival, on_conflict="version")
    with scope(actor.tenant_id):
        return Status(201, document_out(fetch_document(actor, document_id)))


@router.post(
    "/documents/{uuid:document_id}/versions/{int:number}/restoration", response=DocumentOut
)
def restore(request: HttpRequest, document_id: UUID, number: int) -> DocumentOut:
    """Makes an older version the newest, as a version of its own."""
    restore_version(acting(request), document_id, number)
    return document_out(fetch_document(acting(request), document_id))


@router.api_operation(
    ["GET", "HEAD"],
    "/documents/{uuid:document_id}/versions/{int:number}/content",
    openapi_extra=BYTES,
    url_name="version-content",
)
def version_content(request: HttpRequest, document_id: UUID, number: int) -> Any:
    """The bytes of one version. Ranges and conditions hold, as in RFC 9110."""
    with scope(acting(request).tenant_id):
        permit = download_version(acting(request), document_id, number)
    return respond(request, permit)


@router.api_operation(
    ["GET", "HEAD"], "/documents/{uuid:document_id}/content", openapi_extra=BYTES
)
def content(
    request: HttpRequest,
    document_id: UUID,
    disposition: Literal["attachment", "inline"] = "attachment",
) -> Any:
    """The bytes of the current version. Ranges and conditions hold, as in RFC 9110."""
    # It opens its own scope: the bytes leave after the audit row is committed.
    with scope(acting(request).tenant_id):
        permit = download(acting(request), document_id, disposition=disposition)
    return respond(request, permit)
