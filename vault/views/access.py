"""Who can see this, and why: now, or on a past day."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tenants.actor import require_no_guest
from tenants.http import TenantRequest
from vault import access
from vault.access import Role
from vault.flows.explain import RULE_WORDS, Entry, account_of, keys_here
from vault.flows.reasons import ROLE_WORDS, Cause
from vault.flows.visit import visit_document, visit_folder
from vault.forms import GrantForm, PastForm
from vault.rights.fetching import Held
from vault.views import rows


@require_safe
def folder_access(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = visit_folder(request.actor, folder_id, at_least=Role.EDIT)
    return panel(request, held)


@require_safe
def document_access(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = visit_document(request.actor, document_id, at_least=Role.EDIT)
    return panel(request, held)


def panel(request: TenantRequest, held: Held) -> HttpResponse:
    require_no_guest(request.actor)
    form = PastForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    at, words = asked.get("on"), asked.get("q", "")
    gives = held.role >= Role.MANAGE and not at
    account = account_of(held, words=words, cursor=request.GET.get("after", ""), at=at)
    context = {
        **rows.whereabouts(held),
        "filters": form,
        "at": at,
        "state": account.past.state,
        "since": [since_row(change) for change in account.since.changes],
        "since_total": account.since.total,
        "since_more": account.since.total - len(account.since.changes),
        "entries": [entry_row(entry, held) for entry in account.entries],
        "total": account.total,
        "next_cursor": account.next,
        "address": urlencode(
            {key: request.GET[key] for key in ("q", "on") if request.GET.get(key)}
        ),
        "grants": [] if at else [grant_row(*given) for given in keys_here(held)],
        "form": GrantForm.beginning(request.GET, held=held.role) if gives else None,
        "find": request.GET.get("find", ""),
        "rule_sentence": RULE_WORDS,
    }
    return render(request, "vault/access.html", context, status=422 if form.errors else 200)


def since_row(change: Any) -> dict[str, Any]:
    return {
        "name": str(change.person),
        "before": rows.role_or_none(change.then),
        "after": rows.role_or_none(change.now),
        "gains": change.now > change.then,
    }


def entry_row(entry: Entry, held: Held) -> dict[str, Any]:
    person = entry.person
    return {
        "person": {"name": person.name, "email": person.email, "id": person.pk},
        "role_words": ROLE_WORDS[entry.role],
        "direct": entry.is_direct,
        "has_left": not entry.is_member,
        "reasons": [cause_row(cause, held) for cause in entry.causes],
    }


def cause_row(cause: Cause, held: Held) -> dict[str, Any]:
    key = cause.key
    is_here = key is not None and key.node == held.node.pk
    return {
        "words": cause.words,
        "grant_id": key.grant if key else None,
        "revocable": is_here and cause.may_change,
        "folder": cause.folder if cause.may_change and not is_here else None,
        "ask": ", ".join(cause.ask),
        "asks_admins": key is not None and not cause.may_change and not cause.ask,
        "until": key.expires_at if key else None,
    }


def grant_row(key: access.Key, principal: str, giver: str) -> dict[str, Any]:
    return {
        "id": key.grant,
        "principal": f"team:{key.team}" if key.team else f"user:{key.user}",
        "principal_name": principal,
        "principal_kind": "team" if key.team else "person",
        "role": key.role.word,
        "role_words": ROLE_WORDS[key.role],
        "expires_at": key.expires_at,
        "last_day": last_day(key.expires_at),
        "granted_by": giver,
        "granted_at": key.granted_at,
    }


def last_day(end: datetime | None) -> str:
    """The day that the form would say: a key that ends at midnight lasts until the day before."""
    return "" if end is None else timezone.localdate(end - timedelta(microseconds=1)).isoformat()
