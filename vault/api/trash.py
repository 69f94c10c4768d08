"""The trash: one entry for each act of throwing away."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel

from tenants.http import acting
from tenants.keyset import LONGEST_CURSOR
from vault.flows.purge import purge
from vault.flows.trash import restore, trash_of
from vault.models import Trashing

router = Router(tags=["trash"])


class TrashingOut(BaseModel):
    """`things` were thrown away by hand; `name`, `kind` and `node` are the first one's."""

    id: UUID
    name: str
    kind: Literal["folder", "document"]
    node: UUID
    things: int
    documents: int
    at: datetime
    by: UUID
    goes_at: datetime

    @classmethod
    def of(cls, trashing: Trashing, goes_at: datetime) -> "TrashingOut":
        return cls(
            id=trashing.pk,
            name=trashing.name,
            kind="folder" if trashing.kind == "folder" else "document",
            node=trashing.node,
            things=trashing.things,
            documents=trashing.documents,
            at=trashing.at,
            by=trashing.by_id,
            goes_at=goes_at,
        )


class TrashOut(BaseModel):
    items: list[TrashingOut]
    next: str | None


class Restored(BaseModel):
    kind: Literal["folder", "document"]
    id: UUID


@router.get("/trash", response=TrashOut)
def trash(
    request: HttpRequest, cursor: Annotated[str, Query(max_length=LONGEST_CURSOR)] = ""
) -> TrashOut:
    """What was thrown away: by the caller or, for admins, by anybody."""
    acts, following = trash_of(acting(request), cursor=cursor)
    return TrashOut(items=[TrashingOut.of(*act) for act in acts], next=following)


@router.post("/trash/{uuid:trashing_id}/restoration", response=Restored)
def get_back(request: HttpRequest, trashing_id: UUID) -> Restored:
    """Puts everything of one act back to where it was."""
    node = restore(acting(request), trashing_id)
    kind: Literal["folder", "document"] = "folder" if hasattr(node, "parent_id") else "document"
    return Restored(kind=kind, id=node.pk)


@router.delete("/trash/{uuid:trashing_id}", response={204: None}, url_name="purge")
def delete_for_good(request: HttpRequest, trashing_id: UUID) -> Status[None]:
    """Deletes one act for good, before its time. For admins."""
    # It opens its own scopes.
    purge(acting(request), trashing_id)
    return Status(204, None)
