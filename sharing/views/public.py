"""For whoever holds a link: no account, no cookie needed, nothing changed by looking."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from sharing.errors import LinkUnknown, LinkUnusable
from sharing.flows.redeem import OpenLink, begin_download, open_link, present_ticket
from sharing.tokens import ticket_of
from tenants.addresses import trace_of
from tenants.errors import Refused
from tenants.http import answer, wants_json
from vault.gateway.respond import respond
from vault.models import BlobState


@login_not_required
@require_safe
def recipient(request: HttpRequest, token: str) -> HttpResponse:
    try:
        opened = open_link(token)
    except Refused as refusal:
        return said(request, refusal)
    context = {"link": link_facts(opened), "token": token}
    return discreet(render(request, "sharing/recipient.html", context))


@csrf_exempt  # a link acts by its token alone: there is no cookie that a stranger could borrow
@login_not_required
@require_POST
def download(request: HttpRequest, token: str) -> HttpResponse:
    try:
        session = begin_download(token, trace=trace_of(request))
    except Refused as refusal:
        return said(request, refusal)
    response = redirect("sharing:content", ticket_of(session))
    response.status_code = 303
    return discreet(response)


@login_not_required
@require_safe
def content(request: HttpRequest, ticket: str) -> HttpResponseBase:
    try:
        permit = present_ticket(ticket, trace=trace_of(request))
    except Refused as refusal:
        return said(request, refusal)
    return respond(request, permit)


def said(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """An ended link says so, and names nothing; an unknown one has one page for all cases."""
    if wants_json(request):
        return discreet(answer(request, refusal))
    if isinstance(refusal, LinkUnusable):
        page = render(request, "sharing/ended.html", {"state": refusal.state}, status=410)
        return discreet(page)
    if isinstance(refusal, LinkUnknown):
        return discreet(render(request, "sharing/unknown.html", status=404))
    return discreet(answer(request, refusal))


def discreet(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def link_facts(opened: OpenLink) -> dict[str, Any]:
    blob = opened.version.blob
    return {
        "sender": str(opened.link.issuer),
        "organisation": opened.organisation.name,
        "document_name": opened.document.name,
        "size": blob.size,
        "media_type": blob.media_type,
        "expires_at": opened.link.expires_at,
        "checked": blob.state,
        "checked_words": BlobState(blob.state).label,
    }
