"""Moving and copying without dragging: step through the folders, and say "here"."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tenants.errors import NotFound, Refused
from tenants.http import TenantRequest
from vault.access import Role
from vault.flows.browse import subfolders
from vault.flows.copy import copy_document, copy_folder
from vault.flows.folders import home_of, root_of
from vault.flows.foresee import foresee
from vault.flows.move import move_document, move_folder
from vault.flows.visit import visit_folder
from vault.models import Folder
from vault.rights.fetching import Held, HeldDocument, HeldFolder, fetch_document, fetch_folder
from vault.views import rows
from vault.views.effects import effect_row
from vault.views.ways import page_around


@dataclass(frozen=True, slots=True)
class Act:
    """What the page does once a folder is chosen, and its words."""

    verb: str
    flow: Callable[..., Any]
    done: str | Promise


MOVED, COPIED = _("“%(name)s” was moved."), _("The copy is called “%(name)s”.")


@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = fetch_folder(request.actor, folder_id, at_least=Role.EDIT)
    return choose(request, held, Act("move", move_folder, MOVED))


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.EDIT)
    return choose(request, held, Act("move", move_document, MOVED))


@require_http_methods(["GET", "HEAD", "POST"])
def copied_folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = fetch_folder(request.actor, folder_id, at_least=Role.READ)
    return choose(request, held, Act("copy", copy_folder, COPIED))


@require_http_methods(["GET", "HEAD", "POST"])
def copied_document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.READ)
    return choose(request, held, Act("copy", copy_document, COPIED))


def choose(request: TenantRequest, held: Held, act: Act) -> HttpResponse:
    lies_in = folder_around(held)
    here = folder_here(request, held, lies_in)
    refused = ""
    if request.method == "POST":
        try:
            done = act.flow(request.actor, held.node.pk, to=here.folder.pk)
        except Refused as refusal:
            refused = refusal.detail or str(refusal.title)
        else:
            messages.success(request, act.done % {"name": done.name})
            return page_around(request, done)
    context = {
        **rows.whereabouts(held),
        **steps_from(here, held, "" if act.verb == "copy" else lies_in),
        **look_ahead(request, held, here, act),
        "verb": act.verb,
        "refused": refused,
    }
    return render(request, "vault/move.html", context, status=409 if refused else 200)


def look_ahead(request: TenantRequest, held: Held, here: HeldFolder, act: Act) -> dict[str, Any]:
    """Who would gain and lose by moving it here, or why it can't be."""
    if act.verb != "move" or here.role < Role.EDIT or here.folder.pk == folder_around(held):
        return {}
    kind = "documents" if isinstance(held, HeldDocument) else "folders"
    try:
        effect = foresee(
            request.actor,
            lambda: act.flow(request.actor, held.node.pk, to=here.folder.pk),
            **{kind: [held.node.pk]},
        )
    except Refused as refusal:
        return {"reason": refusal.detail or str(refusal.title)}
    return {"effect": effect_row(effect)}


def steps_from(here: HeldFolder, held: Held, lies_in: UUID | str) -> dict[str, Any]:
    moving = None if isinstance(held, HeldDocument) else held.folder.pk
    inner = [folder for folder in subfolders(here) if folder.pk != moving]
    return {
        "here": rows.folder_facts(here.folder),
        "way": rows.steps(here.keyring, here.place),
        "folders": [rows.folder_facts(folder) for folder in inner],
        "is_there": here.folder.pk == lies_in,
        "may_drop": here.role >= Role.EDIT,
    }


def folder_around(held: Held) -> UUID:
    """Where it lies. Raises `NotFound` for roots and homes, which stay where they are."""
    around = held.folder_id if isinstance(held, HeldDocument) else held.folder.parent_id
    if around is None:
        raise NotFound
    return around


def folder_here(request: TenantRequest, held: Held, lies_in: UUID) -> HeldFolder:
    """The folder that the page stands in: the one asked for, or where the thing lies.

    Who holds a key to a document alone begins in their own folder, or at the root.
    """
    if asked := asked_for(request):
        return visit_folder(request.actor, asked, keyring=held.keyring)
    start = lies_in
    if not Folder.objects.opened_by(held.keyring).filter(pk=lies_in).exists():
        start = (home_of(request.actor) or root_of(request.actor)).pk
    return fetch_folder(request.actor, start, keyring=held.keyring)


def asked_for(request: TenantRequest) -> UUID | None:
    text = request.POST.get("to") or request.GET.get("to", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error
