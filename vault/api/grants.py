"""Keys, walls, and who can see what, why."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, model_validator

from tenants.actor import require_no_guest
from tenants.http import acting
from vault.access import Key, Role
from vault.api.schemas import RoleWord, word
from vault.flows.explain import Cause, Entry, explain_access, keys_here
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.rights.fetching import Held, fetch_document, fetch_folder
from vault.rights.writing import Grant

router = Router(tags=["access"])
FOLDER, DOCUMENT = "/folders/{uuid:folder_id}", "/documents/{uuid:document_id}"


class NewGrant(Schema):
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

    @property
    def principal(self) -> Principal:
        if self.user is not None:
            return Principal("user", self.user)
        assert self.team is not None
        return Principal("team", self.team)


class GrantOut(Schema):
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


class Grants(Schema):
    items: list[GrantOut]
    next: None = None


class ReasonOut(Schema):
    words: str
    grant: GrantOut | None

    @classmethod
    def of(cls, cause: Cause) -> "ReasonOut":
        return cls(words=cause.words, grant=GrantOut.of(cause.key) if cause.key else None)


class PersonOut(Schema):
    id: UUID
    email: str
    name: str


class AccessOut(Schema):
    person: PersonOut
    role: RoleWord
    direct: bool
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, entry: Entry) -> "AccessOut":
        person = entry.person
        return cls(
            person=PersonOut(id=person.pk, email=person.email, name=person.name),
            role=word(entry.role),
            direct=entry.is_direct,
            reasons=[ReasonOut.of(cause) for cause in entry.causes],
        )


class Access(Schema):
    items: list[AccessOut]
    next: None = None


@router.get(f"{FOLDER}/grants", response=Grants)
def folder_grants(request: HttpRequest, folder_id: UUID) -> Grants:
    """The keys that were given on this very folder."""
    return grants_of(fetch_folder(acting(request), folder_id, at_least=Role.EDIT))


@router.post(f"{FOLDER}/grants", response={201: GrantOut})
def grant_folder(request: HttpRequest, folder_id: UUID, new: NewGrant) -> Status[GrantOut]:
    """Gives a person or a team a role on a folder."""
    grant = grant_on_folder(
        acting(request),
        folder_id,
        to=new.principal,
        role=Role.from_word(new.role),
        until=new.expires_at,
    )
    return Status(201, written(grant, fetch_folder(acting(request), folder_id)))


@router.get(f"{FOLDER}/access", response=Access)
def folder_access(request: HttpRequest, folder_id: UUID) -> Access:
    """Everybody who can see a folder, and why."""
    held = fetch_folder(acting(request), folder_id, at_least=Role.EDIT)
    require_no_guest(acting(request))
    return access_to(held)


@router.put(f"{FOLDER}/wall", response={204: None})
def restrict_a_folder(request: HttpRequest, folder_id: UUID) -> Status[None]:
    """Keeps out what comes from the folders above: only keys given here open it."""
    restrict_folder(acting(request), folder_id)
    return Status(204, None)


@router.delete(f"{FOLDER}/wall", response={204: None})
def open_a_folder(request: HttpRequest, folder_id: UUID) -> Status[None]:
    """Lets in again what comes from the folders above."""
    open_folder(acting(request), folder_id)
    return Status(204, None)


@router.get(f"{DOCUMENT}/grants", response=Grants)
def document_grants(request: HttpRequest, document_id: UUID) -> Grants:
    """The keys that were given on this very document."""
    return grants_of(fetch_document(acting(request), document_id, at_least=Role.EDIT))


@router.post(f"{DOCUMENT}/grants", response={201: GrantOut})
def grant_document(request: HttpRequest, document_id: UUID, new: NewGrant) -> Status[GrantOut]:
    """Gives a person or a team a role on a document."""
    grant = grant_on_document(
        acting(request),
        document_id,
        to=new.principal,
        role=Role.from_word(new.role),
        until=new.expires_at,
    )
    return Status(201, written(grant, fetch_document(acting(request), document_id)))


@router.get(f"{DOCUMENT}/access", response=Access)
def document_access(request: HttpRequest, document_id: UUID) -> Access:
    """Everybody who can see a document, and why."""
    held = fetch_document(acting(request), document_id, at_least=Role.EDIT)
    require_no_guest(acting(request))
    return access_to(held)


@router.put(f"{DOCUMENT}/wall", response={204: None})
def restrict_a_document(request: HttpRequest, document_id: UUID) -> Status[None]:
    """Keeps out what comes from the folders above: only keys given here open it."""
    restrict_document(acting(request), document_id)
    return Status(204, None)


@router.delete(f"{DOCUMENT}/wall", response={204: None})
def open_a_document(request: HttpRequest, document_id: UUID) -> Status[None]:
    """Lets in again what comes from the folders above."""
    open_document(acting(request), document_id)
    return Status(204, None)


@router.delete("/grants/{uuid:grant_id}", response={204: None})
def revoke(request: HttpRequest, grant_id: UUID) -> Status[None]:
    """Takes a key back."""
    revoke_grant(acting(request), grant_id)
    return Status(204, None)


def grants_of(held: Held) -> Grants:
    return Grants(items=[GrantOut.of(key) for key, _to, _by in keys_here(held)])


def written(grant: Grant, held: Held) -> GrantOut:
    keys = (key for key, _to, _by in keys_here(held))
    return GrantOut.of(next(key for key in keys if key.grant == grant.pk))


def access_to(held: Held) -> Access:
    return Access(items=[AccessOut.of(entry) for entry in explain_access(held)])
