"""Keys and walls: given, changed, taken back; and what that would do."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, BaseModel, Field, model_validator

from tenants.http import acting
from vault.access import Key, Role
from vault.api.effects import EffectOut, foreseen
from vault.api.schemas import RoleWord, word
from vault.flows.explain import keys_here
from vault.flows.grant import (
    Giving,
    Principal,
    change_document_access,
    change_folder_access,
    node_of_grant,
    revoke_grant,
)
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.rights.fetching import Held, HeldFolder, fetch_document, fetch_folder

router = Router(tags=["access"])
FOLDER, DOCUMENT = "/folders/{uuid:folder_id}", "/documents/{uuid:document_id}"
MOST = 100  # keys in one change


class NewGrant(BaseModel):
    """To a person (`user`) or a `team`, until `expires_at` if wished."""

    user: UUID | None = None
    team: UUID | None = None
    role: RoleWord
    expires_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def one_principal(self) -> Self:
        if (self.user is None) == (self.team is None):
            raise ValueError("name a user or a team")
        return self

    def giving(self) -> Giving:
        kind, identity = ("user", self.user) if self.user else ("team", self.team)
        assert identity is not None
        return Giving(Principal(kind, identity), Role.from_word(self.role), self.expires_at)  # type: ignore[arg-type]


class GrantChanges(BaseModel):
    """Keys to give, or to change, and ids of keys to take back: all of it, or none."""

    give: list[NewGrant] = Field([], max_length=MOST)
    take: list[UUID] = Field([], max_length=MOST)


class GrantOut(BaseModel):
    id: UUID
    node: UUID
    role: RoleWord
    user: UUID | None
    team: UUID | None
    granted_by: UUID | None
    granted_at: datetime | None
    expires_at: datetime | None

    @classmethod
    def of(cls, key: Key) -> "GrantOut":
        return cls(
            id=key.grant,
            node=key.node,
            role=word(key.role),
            user=key.user,
            team=key.team,
            granted_by=key.granted_by,
            granted_at=key.granted_at,
            expires_at=key.expires_at,
        )


class Grants(BaseModel):
    items: list[GrantOut]
    next: None = None


@router.get(f"{FOLDER}/grants", response=Grants)
def folder_grants(request: HttpRequest, folder_id: UUID) -> Grants:
    """The keys that were given on this very folder."""
    return grants_of(fetch_folder(acting(request), folder_id, at_least=Role.EDIT))


@router.post(f"{FOLDER}/grants", response={200: EffectOut, 201: GrantOut})
def grant_folder(
    request: HttpRequest, folder_id: UUID, new: NewGrant, *, dry_run: bool = False
) -> Status[Any]:
    """Gives a person or a team a role on a folder."""
    changes = GrantChanges(give=[new], take=[])
    if dry_run:
        return changing(request, folder_id, changes, change_folder_access, dry_run=True)
    given = change_folder_access(acting(request), folder_id, give=[new.giving()])
    return Status(201, written(given[0], fetch_folder(acting(request), folder_id)))


@router.patch(f"{FOLDER}/grants", response={200: EffectOut | Grants})
def change_folder_grants(
    request: HttpRequest, folder_id: UUID, changes: GrantChanges, *, dry_run: bool = False
) -> Status[Any]:
    """Gives, changes and takes back several keys of a folder in one act; answers those there."""
    return changing(request, folder_id, changes, change_folder_access, dry_run=dry_run)


@router.put(f"{FOLDER}/wall", response={200: EffectOut, 204: None})
def restrict_a_folder(
    request: HttpRequest, folder_id: UUID, *, dry_run: bool = False
) -> Status[Any]:
    """Keeps out what comes from the folders above: only keys given here open it."""
    return walling(request, restrict_folder, dry_run=dry_run, folder=folder_id)


@router.delete(f"{FOLDER}/wall", response={200: EffectOut, 204: None})
def open_a_folder(request: HttpRequest, folder_id: UUID, *, dry_run: bool = False) -> Status[Any]:
    """Lets in again what comes from the folders above."""
    return walling(request, open_folder, dry_run=dry_run, folder=folder_id)


@router.get(f"{DOCUMENT}/grants", response=Grants)
def document_grants(request: HttpRequest, document_id: UUID) -> Grants:
    """The keys that were given on this very document."""
    return grants_of(fetch_document(acting(request), document_id, at_least=Role.EDIT))


@router.post(f"{DOCUMENT}/grants", response={200: EffectOut, 201: GrantOut})
def grant_document(
    request: HttpRequest, document_id: UUID, new: NewGrant, *, dry_run: bool = False
) -> Status[Any]:
    """Gives a person or a team a role on a document."""
    changes = GrantChanges(give=[new], take=[])
    if dry_run:
        return changing(request, document_id, changes, change_document_access, dry_run=True)
    given = change_document_access(acting(request), document_id, give=[new.giving()])
    return Status(201, written(given[0], fetch_document(acting(request), document_id)))


@router.patch(f"{DOCUMENT}/grants", response={200: EffectOut | Grants})
def change_document_grants(
    request: HttpRequest, document_id: UUID, changes: GrantChanges, *, dry_run: bool = False
) -> Status[Any]:
    """Gives, changes and takes back several keys of a document in one act; answers those there."""
    return changing(request, document_id, changes, change_document_access, dry_run=dry_run)


@router.put(f"{DOCUMENT}/wall", response={200: EffectOut, 204: None})
def restrict_a_document(
    request: HttpRequest, document_id: UUID, *, dry_run: bool = False
) -> Status[Any]:
    """Keeps out what comes from the folders above: only keys given here open it."""
    return walling(request, restrict_document, dry_run=dry_run, document=document_id)


@router.delete(f"{DOCUMENT}/wall", response={200: EffectOut, 204: None})
def open_a_document(
    request: HttpRequest, document_id: UUID, *, dry_run: bool = False
) -> Status[Any]:
    """Lets in again what comes from the folders above."""
    return walling(request, open_document, dry_run=dry_run, document=document_id)


@router.delete("/grants/{uuid:grant_id}", response={200: EffectOut, 204: None})
def revoke(request: HttpRequest, grant_id: UUID, *, dry_run: bool = False) -> Status[Any]:
    """Takes a key back."""
    actor = acting(request)
    if dry_run:
        held = node_of_grant(actor, grant_id)
        kind = "folders" if isinstance(held, HeldFolder) else "documents"
        return foreseen(actor, partial(revoke_grant, actor, grant_id), **{kind: [held.node.pk]})
    revoke_grant(actor, grant_id)
    return Status(204, None)


def changing(
    request: HttpRequest,
    node: UUID,
    changes: GrantChanges,
    flow: Callable[..., Any],
    *,
    dry_run: bool,
) -> Status[Any]:
    actor, is_folder = acting(request), flow is change_folder_access
    give = [new.giving() for new in changes.give]
    if dry_run:
        kind = "folders" if is_folder else "documents"
        return foreseen(
            actor, partial(flow, actor, node, give=give, take=changes.take), **{kind: [node]}
        )
    flow(actor, node, give=give, take=changes.take)
    held: Held = fetch_folder(actor, node) if is_folder else fetch_document(actor, node)
    return Status(200, grants_of(held))


def walling(
    request: HttpRequest,
    flow: Callable[..., Any],
    *,
    dry_run: bool,
    folder: UUID | None = None,
    document: UUID | None = None,
) -> Status[Any]:
    actor = acting(request)
    if dry_run:
        folders, documents = [folder] if folder else [], [document] if document else []
        act = partial(flow, actor, folder or document)
        return foreseen(actor, act, folders=folders, documents=documents)
    flow(actor, folder or document)
    return Status(204, None)


def grants_of(held: Held) -> Grants:
    return Grants(items=[GrantOut.of(key) for key, _to, _by in keys_here(held)])


def written(grant: Any, held: Held) -> GrantOut:
    keys = (key for key, _to, _by in keys_here(held))
    return GrantOut.of(next(key for key in keys if key.grant == grant.pk))
