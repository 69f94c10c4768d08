"""Links of documents."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, BaseModel, Field

from sharing.flows.create import Terms, create_link, fetch_link, links_of, revoke_link
from sharing.models import Link
from sharing.tokens import address_of
from sharing.views.members import state_of
from tenants.http import acting
from vault.access import Role
from vault.rights.fetching import fetch_document

router = Router(tags=["links"])


class NewLink(BaseModel):
    """Without an end, the organisation's usual one. `pinned`: to the version of now."""

    role: Literal["read"] = "read"
    expires_at: AwareDatetime | None = None
    label: str = Field("", max_length=120, pattern=r"^[^\x00]*$")
    pinned: bool = False


class LinkOut(BaseModel):
    id: UUID
    document: UUID
    role: Literal["read"] = "read"
    label: str
    pinned: bool
    created_at: datetime
    expires_at: datetime
    state: str
    downloads: int
    url: str | None

    @classmethod
    def of(cls, link: Link) -> "LinkOut":
        state = state_of(link)
        return cls(
            id=link.pk,
            document=link.document_id,
            label=link.label,
            pinned=link.version_id is not None,
            created_at=link.created_at,
            expires_at=link.expires_at,
            state=state,
            downloads=link.downloads,
            url=address_of(link) if state == "active" else None,
        )


class Links(BaseModel):
    items: list[LinkOut]
    next: None = None


@router.get("/documents/{uuid:document_id}/links", response=Links)
def document_links(request: HttpRequest, document_id: UUID) -> Links:
    """The links of a document, open or not."""
    held = fetch_document(acting(request), document_id, at_least=Role.EDIT)
    return Links(items=[LinkOut.of(link) for link in links_of(held)])


@router.post("/documents/{uuid:document_id}/links", response={201: LinkOut})
def create(request: HttpRequest, document_id: UUID, new: NewLink) -> Status[LinkOut]:
    """Makes a link to a document, for people without an account."""
    terms = Terms(expires_at=new.expires_at, label=new.label, pinned=new.pinned)
    return Status(201, LinkOut.of(create_link(acting(request), document_id, terms=terms)))


@router.get("/links/{uuid:link_id}", response=LinkOut)
def link(request: HttpRequest, link_id: UUID) -> LinkOut:
    """One link."""
    found, _held = fetch_link(acting(request), link_id)
    return LinkOut.of(found)


@router.delete("/links/{uuid:link_id}", response={204: None})
def revoke(request: HttpRequest, link_id: UUID) -> Status[None]:
    """Turns a link off, at once."""
    revoke_link(acting(request), link_id)
    return Status(204, None)
