"""What was done: to a document, and in the organisation; checked, and taken out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse  # noqa: TID251  see `export`
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tenants.errors import Invalid, NotFound
from tenants.http import TenantRequest
from tenants.scoping import scope
from vault.flows.export import export_trail
from vault.flows.sentences import Told
from vault.flows.trail import activity_of, chain_of, check_chain, trail_of
from vault.forms import TrailForm
from vault.models import Folder
from vault.views import rows

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
def activity(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held, page = activity_of(request.actor, document_id, before=before(request))
    context = {
        **rows.whereabouts(held),
        "document": rows.document_facts(held.document),
        "events": [event_row(told) for told in page.events],
        "next_cursor": page.next,
    }
    return render(request, "vault/activity.html", context)


@require_safe
def trail(request: TenantRequest) -> HttpResponse:
    chain = chain_of(request.actor)
    form = TrailForm(request.GET)
    page = (
        trail_of(request.actor, form.wanted(), before=before(request)) if form.is_valid() else None
    )
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "section": "trail",
        "form": form,
        "chain": chain,
        "events": [event_row(told) for told in page.events] if page else [],
        "next_cursor": page.next if page else None,
        "address": query.urlencode(),
        "is_filtered": any(query.values()),
    }
    return render(request, "vault/trail.html", context, status=200 if page else 422)


@require_POST
def check(request: TenantRequest) -> HttpResponse:
    verdict = check_chain(request.actor)
    if verdict.state == "whole":
        messages.success(request, _("The trail is whole."))
    else:
        messages.error(
            request, _("The trail is broken after event %(seq)s.") % {"seq": verdict.seq}
        )
    return redirect("vault:trail", org=request.organisation.slug)


@require_POST
def export(request: TenantRequest, form: str) -> Any:
    """Sentences and ids, no byte of a file: so it does not leave through the gateway."""
    if form not in TYPES:
        raise NotFound
    with scope(request.actor.tenant_id):
        filters = TrailForm(request.POST)
        if not filters.is_valid():
            raise Invalid(_("This filter can't be read."))
        name = request.organisation.name
        made = export_trail(request.actor, filters.wanted(), organisation=name)
    response = StreamingHttpResponse(made.lines(form), content_type=TYPES[form])  # type: ignore[arg-type]
    slug = request.organisation.slug
    response["Content-Disposition"] = f'attachment; filename="{slug}-activity.{form}"'
    return response


export.opens_own_scopes = True  # type: ignore[attr-defined]


def before(request: TenantRequest) -> int | None:
    text = request.GET.get("before", "")
    if text and not (text.isdecimal() and len(text) < 19):
        raise Invalid("before")
    return int(text) if text else None


def event_row(told: Told) -> dict[str, Any]:
    entry, node = told.entry, told.node
    return {
        "id": entry.id,
        "seq": entry.seq,
        "at": entry.at,
        "words": told.words,
        "action": entry.action,
        "ip": entry.trace.get("ip", ""),
        "browser": entry.trace.get("browser", ""),
        "body": entry.body,
        "node_id": node.pk if node else None,
        "kind": "folder" if isinstance(node, Folder) else "document",
        "is_refusal": entry.action.endswith(":refused"),
    }
