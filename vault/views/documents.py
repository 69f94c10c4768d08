"""One document: its page and its bytes."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.http import TenantRequest, shown_through_other_eyes
from tenants.scoping import scope
from vault.flows.download import download
from vault.flows.star import stars_of
from vault.flows.visit import look_at, visit_document
from vault.gateway.respond import respond
from vault.rights.exposure import exposures
from vault.views import rows
from vault.views.preview import preview_of


@shown_through_other_eyes
@require_safe
def document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    # Beside a list its details are shown for every row that has the focus: that opens nothing.
    look = visit_document if "pane" in request.GET else look_at
    held = look(request.actor, document_id)
    exposure = exposures([held])[held.pk]
    context = {
        "document": {
            **rows.document_facts(held.document),
            # A key to the document alone does not show where it lies.
            "folder": held.document.folder if held.keyring.role_in(held.place) else None,
            "exposure": exposure.level,
            "exposure_words": rows.exposure_words(exposure),
        },
        "breadcrumb": rows.steps(held.keyring, held.place),
        "may": rows.may_on(held),
        "role_words": rows.role_words(rows.role_told(held)),
        "preview": preview_of(held.document.current, held.role),
        "starred": bool(stars_of(request.actor, [document_id])),
    }
    return render(request, "vault/document.html", context)


@require_safe
def content(request: TenantRequest, document_id: UUID) -> HttpResponseBase:
    """The bytes leave after the transaction with the audit row is committed."""
    inline = request.GET.get("disposition") == "inline"
    with scope(request.actor.tenant_id):
        permit = download(
            request.actor, document_id, disposition="inline" if inline else "attachment"
        )
    return respond(request, permit)


content.opens_own_scopes = True  # type: ignore[attr-defined]
