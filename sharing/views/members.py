"""The share page of a document: who has access, its links, a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sharing.flows.create import create_link, limit_words, links_of, revoke_link
from sharing.forms import LinkForm
from sharing.models import Link
from sharing.tokens import address_of
from tenants.errors import Refused
from tenants.http import TenantRequest
from tenants.models import MembershipRole, Policy
from vault.access import Role
from vault.flows.explain import account_of
from vault.flows.reasons import ROLE_WORDS
from vault.forms import GrantForm
from vault.rights.fetching import HeldDocument, fetch_document
from vault.views import rows
from vault.views.access import entry_row


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.EDIT)
    policy = Policy.objects.get()
    form = LinkForm(request.POST or None, policy=policy)
    made: Link | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = create_link(request.actor, document_id, terms=form.terms())
        except Refused as refusal:
            form.add_error(None, refusal.detail or str(refusal.title))
        else:
            form = LinkForm(policy=policy)
    context = {**context_of(request, held, policy), "form": form}
    if made:
        context["just_created"] = {"url": address_of(made), "expires_at": made.expires_at}
    return render(request, "sharing/links.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: TenantRequest, link_id: UUID) -> HttpResponse:
    link = revoke_link(request.actor, link_id)
    messages.success(request, _("The link is turned off. Nobody can open it any more."))
    org = request.organisation.slug
    return redirect("sharing:links", org=org, document_id=link.document_id)


def context_of(request: TenantRequest, held: HeldDocument, policy: Policy) -> dict[str, Any]:
    may = rows.may_on(held)
    is_colleague = request.actor.role != MembershipRole.GUEST  # guests see no directory
    gives = held.role >= Role.MANAGE and is_colleague
    document = held.document
    account = account_of(held) if is_colleague else None
    find = request.GET.get("find", "")
    return {
        "document": rows.document_facts(document),
        "breadcrumb": rows.steps(held.keyring, held.place),
        "may": may,
        "give_form": GrantForm.beginning(request.GET, held=held.role) if gives else None,
        "find": find,
        "sees_people": is_colleague,
        "entries": [entry_row(entry, held) for entry in account.entries] if account else [],
        "total": account.total if account else 0,
        "links": [link_row(link) for link in links_of(held)],
        "policy_words": limit_words(policy),
    }


def link_row(link: Link) -> dict[str, Any]:
    state = state_of(link)
    return {
        "id": link.pk,
        "label": link.label,
        "role_words": ROLE_WORDS[Role.READ],
        "expires_at": link.expires_at,
        "state": state,
        "created_by": str(link.issuer),
        "url": address_of(link) if state == "active" else "",
        "downloads": link.downloads,
    }


def state_of(link: Link) -> str:
    if link.revoked_at is not None:
        return "revoked"
    return "ended" if link.expires_at <= timezone.now() else "active"
