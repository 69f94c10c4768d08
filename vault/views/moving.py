"""Moving without dragging: step through the folders, and say "here"."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.errors import NotFound, Refused
from tenants.http import TenantRequest
from vault.access import Role
from vault.flows.browse import subfolders
from vault.flows.move import move_document, move_folder
from vault.rights.fetching import Held, HeldDocument, HeldFolder, fetch_document, fetch_folder
from vault.views import rows
from vault.views.ways import page_around


@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = fetch_folder(request.actor, folder_id, at_least=Role.EDIT)
    if held.folder.parent_id is None:
        raise NotFound
    return choose(request, held, held.folder.parent_id, move_folder)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.EDIT)
    return choose(request, held, held.document.folder_id, move_document)


def choose(request: TenantRequest, held: Held, start: UUID, flow: Any) -> HttpResponse:
    here = fetch_folder(request.actor, asked_for(request) or start, keyring=held.keyring)
    refused = ""
    if request.method == "POST":
        try:
            moved = flow(request.actor, held.node.pk, to=here.folder.pk)
        except Refused as refusal:
            refused = refusal.detail or str(refusal.title)
        else:
            messages.success(request, _("“%(name)s” was moved.") % {"name": moved.name})
            return page_around(request, moved)
    context = {
        **rows.whereabouts(held),
        "here": rows.folder_facts(here.folder),
        "way": rows.steps(here.keyring, here.place),
        "folders": [rows.folder_facts(f) for f in inner(here, held)],
        "is_there": here.folder.pk == start,
        "may_drop": here.role >= Role.EDIT,
        "refused": refused,
    }
    return render(request, "vault/move.html", context, status=409 if refused else 200)


def inner(here: HeldFolder, held: Held) -> list[Any]:
    moving = None if isinstance(held, HeldDocument) else held.folder.pk
    return [folder for folder in subfolders(here) if folder.pk != moving]


def asked_for(request: TenantRequest) -> UUID | None:
    text = request.POST.get("to") or request.GET.get("to", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error
