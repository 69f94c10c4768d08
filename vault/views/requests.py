"""Asking for access, and deciding what others asked for."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.errors import Invalid
from tenants.http import TenantRequest
from vault.access import Role
from vault.errors import AlreadyDecided, TooManyAsked
from vault.flows.ask import ASKED_WORDS, ask_for_document, ask_for_folder
from vault.flows.decide import approve, decline
from vault.flows.reasons import ROLE_WORDS
from vault.flows.requests import Mine, Waiting, requests_of, waiting_for
from vault.forms import ApproveForm, AskForm, DeclineForm
from vault.models import Document, Folder
from vault.models.requests import LASTS
from vault.views import rows

NAMELESS: Final = {"folder": gettext_lazy("A folder"), "document": gettext_lazy("A document")}
A_WEEK: Final = 7  # days


@require_http_methods(["GET", "HEAD", "POST"])
def ask_folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    return ask(request, ask_for_folder, folder_id)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    return ask(request, ask_for_document, document_id)


def ask(request: TenantRequest, asks: Callable[..., None], node: UUID) -> HttpResponse:
    """It looks at nothing: what comes is the same whatever the id is of."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asks(request.actor, node, **form.cleaned_data)
        except TooManyAsked as refusal:
            form.add_error(None, refusal.detail)
        else:
            messages.success(request, ASKED_WORDS)
            return to_requests(request)
    status = 422 if form.errors else 200
    context = {"section": "requests", "form": form}
    return render(request, "vault/ask.html", context, status=status)


@require_safe
def requests(request: TenantRequest) -> HttpResponse:
    waiting, next_waiting = waiting_for(request.actor, cursor=request.GET.get("after", ""))
    mine, next_mine = requests_of(request.actor, cursor=request.GET.get("mine", ""))
    context = {
        "section": "requests",
        "waiting": [waiting_row(one) for one in waiting],
        "mine": [my_row(one) for one in mine],
        "next_waiting": next_waiting,
        "next_mine": next_mine,
        "roles": [(role.word, ROLE_WORDS[role]) for role in Role if role],
        "week": A_WEEK,
        "days": LASTS.days,
    }
    return render(request, "vault/requests.html", context)


@require_POST
def approve_request(request: TenantRequest, request_id: UUID) -> HttpResponse:
    form = ApproveForm(request.POST)
    if not form.is_valid():
        raise Invalid("role")
    return decided(request, approve, request_id, _("Access given."), form.cleaned_data)


@require_POST
def decline_request(request: TenantRequest, request_id: UUID) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        raise Invalid(str(form.errors["note"][0]))
    return decided(request, decline, request_id, _("Declined."), form.cleaned_data)


def decided(
    request: TenantRequest,
    decide: Callable[..., object],
    request_id: UUID,
    words: str,
    decision: dict[str, Any],
) -> HttpResponse:
    try:
        decide(request.actor, request_id, **decision)
    except (AlreadyDecided, Invalid) as refusal:
        messages.error(request, refusal.detail or str(refusal.title))
    else:
        messages.success(request, words)
    return to_requests(request)


def to_requests(request: TenantRequest) -> HttpResponse:
    return redirect("vault:requests", org=request.organisation.slug)


def waiting_row(waiting: Waiting) -> dict[str, Any]:
    asked, node = waiting.asked, waiting.held.node
    return {
        "id": asked.pk,
        "asker": {"name": asked.asker.name, "email": asked.asker.email},
        "node": {"id": node.pk, "kind": asked.kind, "name": name_of(node)},
        "way": [name_of(step) for step in waiting.way if step.pk != node.pk],
        "role": asked.role,
        "role_words": rows.role_words(asked.wanted),
        "note": asked.note,
        "since": asked.created_at,
        "holds_words": rows.role_words(waiting.holds) if waiting.holds else "",
        "is_fulfilled": waiting.is_fulfilled,
    }


def my_row(mine: Mine) -> dict[str, Any]:
    asked, node = mine.asked, mine.node
    return {
        "kind": asked.kind,
        "node_id": node.pk if node else None,
        "name": name_of(node) if node else NAMELESS[asked.kind],
        "role_words": rows.role_words(asked.wanted),
        "note": asked.note,
        "since": asked.created_at,
        "state": asked.outcome,
        "decided_by": mine.decided_by,
        "decided_at": asked.decided_at,
        "answer": asked.answer,
        "until": asked.until,
    }


def name_of(node: Folder | Document) -> str:
    return _("Documents") if isinstance(node, Folder) and node.is_root else node.name
