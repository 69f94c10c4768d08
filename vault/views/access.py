"""Who can see this, and why; giving and taking keys; walls."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenants.actor import require_no_guest
from tenants.errors import Refused
from tenants.http import TenantRequest
from vault import access
from vault.access import Role
from vault.flows.explain import ROLE_WORDS, RULE_WORDS, Entry, explain_access, keys_here
from vault.flows.grant import grant_on_document, grant_on_folder, revoke_grant
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.flows.visit import visit_document, visit_folder
from vault.forms import GrantForm
from vault.models import Document, Folder
from vault.rights.fetching import Held
from vault.views import rows
from vault.views.ways import back


@require_http_methods(["GET", "HEAD", "POST"])
def folder_access(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = visit_folder(request.actor, folder_id, at_least=needed(request))
    require_no_guest(request.actor)
    return panel(request, held, grant_on_folder)


@require_http_methods(["GET", "HEAD", "POST"])
def document_access(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = visit_document(request.actor, document_id, at_least=needed(request))
    require_no_guest(request.actor)
    return panel(request, held, grant_on_document)


@require_POST
def revoke(request: TenantRequest, grant_id: UUID) -> HttpResponse:
    node = revoke_grant(request.actor, grant_id)
    messages.success(request, _("Access taken back."))
    return back(request) or back_to(request, node)


@require_POST
def folder_wall(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    change = restrict_folder if wants_a_wall(request) else open_folder
    return back_to(request, change(request.actor, folder_id))


@require_POST
def document_wall(request: TenantRequest, document_id: UUID) -> HttpResponse:
    change = restrict_document if wants_a_wall(request) else open_document
    return back_to(request, change(request.actor, document_id))


def needed(request: TenantRequest) -> Role:
    """To look takes the right to share; to give takes the right to manage."""
    return Role.MANAGE if request.method == "POST" else Role.EDIT


def panel(request: TenantRequest, held: Held, give: Any) -> HttpResponse:
    node = held.node
    form = GrantForm(request.POST or None, held=held.role) if held.role >= Role.MANAGE else None
    if request.method == "POST" and form and form.is_valid():
        try:
            give(
                request.actor,
                node.pk,
                to=form.cleaned_data["principal"],
                role=form.cleaned_data["role"],
                until=form.cleaned_data["until"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.detail or str(refusal.title))
        else:
            messages.success(request, _("Access given."))
            return back(request) or back_to(request, node)
    status = 422 if form and form.errors else 200
    return render(request, "vault/access.html", {**context_of(held), "form": form}, status=status)


def context_of(held: Held) -> dict[str, Any]:
    context = rows.whereabouts(held)
    may, node = context["may"], held.node.pk
    return {
        **context,
        "entries": [entry_row(entry, node, may) for entry in explain_access(held)],
        "grants": [grant_row(*given) for given in keys_here(held)],
        "rule_sentence": RULE_WORDS,
    }


def entry_row(entry: Entry, node: UUID, may: dict[str, bool]) -> dict[str, Any]:
    return {
        "person": {"name": entry.person.name, "email": entry.person.email, "id": entry.person.pk},
        "role_words": ROLE_WORDS[entry.role],
        "direct": entry.is_direct,
        "reasons": [
            {
                "words": cause.words,
                "grant_id": cause.key.grant if cause.key else None,
                "revocable": bool(cause.key and cause.key.node == node and may["manage"]),
                "since": cause.key.granted_at if cause.key else None,
                "until": cause.key.expires_at if cause.key else None,
                "by": cause.by,
            }
            for cause in entry.causes
        ],
    }


def grant_row(key: access.Key, principal: str, giver: str) -> dict[str, Any]:
    return {
        "id": key.grant,
        "principal_name": principal,
        "principal_kind": "team" if key.team else "person",
        "role": key.role.word,
        "role_words": ROLE_WORDS[key.role],
        "expires_at": key.expires_at,
        "granted_by": giver,
        "granted_at": key.granted_at,
    }


def back_to(request: TenantRequest, node: Folder | Document) -> HttpResponse:
    org = request.organisation.slug
    if isinstance(node, Folder):
        return redirect("vault:folder-access", org=org, folder_id=node.pk)
    return redirect("vault:document-access", org=org, document_id=node.pk)


def wants_a_wall(request: TenantRequest) -> bool:
    return request.POST.get("restricted") == "on"
