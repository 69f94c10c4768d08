"""Changes of access: a GET shows what one would do, a POST does it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.actor import require_no_guest
from tenants.errors import NotFound, Refused
from tenants.http import TenantRequest
from vault.access import Role
from vault.flows.explain import keys_here
from vault.flows.foresee import Effect, foresee
from vault.flows.grant import change_document_access, change_folder_access
from vault.flows.reasons import ROLE_WORDS
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.forms import GrantForm
from vault.models import Document, Folder
from vault.rights.fetching import Held, HeldFolder, fetch_document, fetch_folder
from vault.views import rows
from vault.views.access import grant_row
from vault.views.effects import effect_row
from vault.views.ways import back


@require_http_methods(["GET", "HEAD", "POST"])
def folder_access(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = fetch_folder(request.actor, folder_id, at_least=Role.MANAGE)
    return change(request, held, change_folder_access)


@require_http_methods(["GET", "HEAD", "POST"])
def document_access(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.MANAGE)
    return change(request, held, change_document_access)


def change(request: TenantRequest, held: Held, flow: Callable[..., Any]) -> HttpResponse:
    """Keys given and taken back, as the address or the form says."""
    require_no_guest(request.actor)
    asked = request.POST or request.GET
    take = [as_id(text) for text in asked.getlist("grant")]
    form = None
    if not take or "principal" in asked:
        if "edit" in asked or "role" not in asked:
            return ask(request, held, GrantForm.beginning(asked, held=held.role))
        form = GrantForm(asked, held=held.role, find=asked.get("find", ""))
        if not form.is_valid():
            return ask(request, held, form)
    give = form.givings() if form else []

    def act() -> object:
        return flow(request.actor, held.node.pk, give=give, take=take)

    lines = given_lines(form) + taken_lines(held, take)
    facts = {"verb": "give" if give else "take", "lines": lines}
    if request.method == "POST":
        return done(request, held, act, _("Access changed."), facts)
    return preview(request, held, act, facts)


def ask(request: TenantRequest, held: Held, form: GrantForm) -> HttpResponse:
    asked = request.POST or request.GET
    told = {"form": form, "find": asked.get("find", ""), "back": asked.get("back", "")}
    context = {**rows.whereabouts(held), **told}
    status = 422 if form.errors else 200
    return render(request, "vault/give.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def folder_wall(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = fetch_folder(request.actor, folder_id, at_least=Role.MANAGE)
    return wall(request, held, restrict_folder, open_folder)


@require_http_methods(["GET", "HEAD", "POST"])
def document_wall(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.MANAGE)
    return wall(request, held, restrict_document, open_document)


def wall(
    request: TenantRequest, held: Held, put_up: Callable[..., Any], take_down: Callable[..., Any]
) -> HttpResponse:
    require_no_guest(request.actor)
    wanted = (request.POST or request.GET).get("restricted") == "on"

    def act() -> object:
        return (put_up if wanted else take_down)(request.actor, held.node.pk)

    facts = {"verb": "restrict" if wanted else "open"}
    if request.method == "POST":
        words = _("Restricted.") if wanted else _("The restriction is lifted.")
        return done(request, held, act, words, facts)
    return preview(request, held, act, facts)


def preview(
    request: TenantRequest, held: Held, act: Callable[[], object], facts: dict[str, Any]
) -> HttpResponse:
    try:
        effect = effect_of(request, held, act)
    except Refused as refusal:
        return refused(request, held, refusal, facts)
    fields = [(k, v) for k in request.GET for v in request.GET.getlist(k)]
    context = {
        **rows.whereabouts(held),
        **facts,
        "effect": effect_row(effect),
        "fields": fields,
    }
    return render(request, "vault/change.html", context)


def effect_of(request: TenantRequest, held: Held, act: Callable[[], object]) -> Effect:
    if isinstance(held, HeldFolder):
        return foresee(request.actor, act, folders=[held.folder.pk])
    return foresee(request.actor, act, documents=[held.document.pk])


def done(
    request: TenantRequest,
    held: Held,
    act: Callable[[], object],
    words: str,
    facts: dict[str, Any],
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return refused(request, held, refusal, facts)
    messages.success(request, words)
    return back(request) or back_to(request, held.node)


def refused(
    request: TenantRequest, held: Held, refusal: Refused, facts: dict[str, Any]
) -> HttpResponse:
    words = refusal.detail or str(refusal.title)
    context = {**rows.whereabouts(held), **facts, "refused": words}
    return render(request, "vault/change.html", context, status=refusal.status)


def given_lines(form: GrantForm | None) -> list[dict[str, Any]]:
    """What would be given, for people."""
    if form is None:
        return []
    names, data = dict(form.fields["principal"].choices), form.cleaned_data  # type: ignore[attr-defined]
    return [
        {
            "principal": f"{to.kind}:{to.id}",
            "name": names.get(f"{to.kind}:{to.id}", ""),
            "is_team": to.kind == "team",
            "role_words": ROLE_WORDS[data["role"]],
            "until": data["until"],
        }
        for to in data["principal"]
    ]


def taken_lines(held: Held, take: Sequence[UUID]) -> list[dict[str, Any]]:
    """What would be taken back, for people."""
    given = {key.grant: grant_row(key, *names) for key, *names in keys_here(held)} if take else {}
    return [
        {
            "name": given[grant]["principal_name"],
            "is_team": given[grant]["principal_kind"] == "team",
            "role_words": given[grant]["role_words"],
            "taken": True,
        }
        for grant in take
        if grant in given
    ]


def back_to(request: TenantRequest, node: Folder | Document) -> HttpResponse:
    org = request.organisation.slug
    if isinstance(node, Folder):
        return redirect("vault:folder-access", org=org, folder_id=node.pk)
    return redirect("vault:document-access", org=org, document_id=node.pk)


def as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
