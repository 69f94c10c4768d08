"""Every way in, as Django's resolver and the API know them; and how to knock at one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from settings.api import account_api, organisation_api
from sharing.flows.create import Terms, create_link
from tenants.actor import Member
from tenants.flows.teams import add_to_team, create_team
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import body, put
from vault.access import Role
from vault.flows.ask import ask_for_document
from vault.flows.bulk import move_all
from vault.flows.choose import ticked
from vault.flows.folders import create_folder
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.trash import trash_document, trash_folder
from vault.models import AccessRequest
from vault.names import DisplayName

API: Final = {"account-api": "/api/v1", "api": "/api/v1/o/{org}"}
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Door:
    name: str
    address: str  # with its parameters in braces
    skips_login: bool


def patterns(
    resolver: URLResolver, namespace: str = "", before: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Each pattern with its whole name and route."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, route)
        else:
            yield f"{namespace}{entry.name}", route, entry


def doors() -> list[Door]:
    return [
        Door(name, address_of(route), pattern.callback.login_required is False)
        if hasattr(pattern.callback, "login_required")
        else Door(name, address_of(route), skips_login=False)
        for name, route, pattern in patterns(get_resolver())
    ]


def address_of(route: str) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def pages() -> dict[str, str]:
    """The address of everything that is not the API, by name."""
    return {door.name: door.address for door in doors() if door.name.partition(":")[0] not in API}


def operations() -> set[str]:
    """What the API does: `GET /api/v1/o/{org}/usage`."""
    found = set()
    for api in (account_api, organisation_api):
        for prefix, router in api._routers:
            for path, view in router.path_operations.items():
                address = re.sub(r"{\w+:(\w+)}", r"{\1}", API[api.urls_namespace] + prefix + path)
                found |= {f"{m} {address}" for part in view.operations for m in part.methods}
    return found


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing of each kind that an address can name, all of them acme's."""

    acme: Acme
    mallory: Member
    grant_id: UUID
    link_id: UUID
    trashing_id: UUID
    trashed_document: UUID
    trashed_folder: UUID
    team_id: UUID  # Carol is in it
    request_id: UUID  # of Dan, for the contract
    job_id: UUID  # Bob's

    def ids(self) -> dict[str, object]:
        return {
            "org": self.acme.slug,
            "folder_id": self.acme.folder.pk,
            "document_id": self.acme.contract.pk,
            "grant_id": self.grant_id,
            "link_id": self.link_id,
            "trashing_id": self.trashing_id,
            "request_id": self.request_id,
            "job_id": self.job_id,
            "number": 1,
            "form": "csv",
            "membership_id": self.acme.carol.membership_id,
            "team_id": self.team_id,
        }

    def ids_in_trash(self) -> dict[str, object]:
        gone = {"document_id": self.trashed_document, "folder_id": self.trashed_folder}
        return {**self.ids(), **gone}


def set_scene(acme: Acme, rival: Rival) -> Scene:
    carol = Principal("user", acme.carol.user_id)
    terms = Terms(expires_at=timezone.now() + timedelta(days=3), label="For the auditor")
    with scope(acme.tenant_id):
        grant = grant_on_folder(acme.alice, acme.folder.pk, to=carol, role=Role.READ)
        link = create_link(acme.bob, acme.contract.pk, terms=terms)
        team = create_team(acme.alice, name="Buyers")
        add_to_team(acme.alice, team.pk, acme.carol.membership_id)
    lost = put(acme.bob, acme.folder.pk, "lost.pdf")
    with scope(acme.tenant_id):
        gone = create_folder(acme.bob, acme.folder.pk, name=DisplayName("Gone"))
        trashing = trash_document(acme.bob, lost.pk)
        trash_folder(acme.bob, gone.pk)
        ask_for_document(acme.dan, acme.contract.pk, role=Role.READ)
        asked = AccessRequest.objects.get().pk
        archive = create_folder(acme.alice, acme.folder.pk, name=DisplayName("Archive"))
        job = move_all(acme.bob, ticked([archive.pk], [lost.pk]), to=acme.folder.pk)
    ids = (grant.pk, link.pk, trashing.pk, lost.pk, gone.pk, team.pk, asked, job.pk)
    return Scene(acme, rival.mallory, *ids)


def cast_of(scene: Scene) -> dict[str, Member | None]:
    """The weakest first."""
    acme = scene.acme
    people = {"dan": acme.dan, "carol": acme.carol, "bob": acme.bob, "alice": acme.alice}
    return {"stranger": None, "mallory": scene.mallory, **people}


def knock(
    client: Client, method: str, address: str, sent: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """Ask, and undo what it did, so that the next one finds everything as it was."""
    as_json = address.startswith("/api/") and not address.endswith(("/documents", "/versions"))
    options = {"content_type": "application/json"} if as_json else {}
    with transaction.atomic():
        send = getattr(client, method.lower())
        answer: HttpResponseBase = send(address, sent or {}, **options)
        body(answer)  # a stream that is read to its end closes its file
        transaction.set_rollback(True)
    return answer
