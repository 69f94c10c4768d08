"""A document's versions: the list, the bytes of each, a new one, an old one again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.http import TenantRequest, shown_through_other_eyes
from tenants.scoping import scope
from vault.flows.filing import AsVersion
from vault.flows.upload import Intake, receiving_at
from vault.flows.versions import download_version, restore_version, versions_of
from vault.flows.visit import visit_document
from vault.gateway.respond import respond
from vault.models import BlobState, Version
from vault.views import rows
from vault.views.receiving import VaultUploadHandler, declared_length, the_one_file


@shown_through_other_eyes
@csrf_exempt  # until the upload handler is set: the check of `file_it` reads the body
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: TenantRequest, document_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return show(request, document_id)
    target, length = AsVersion(document_id), declared_length(request)
    with receiving_at(request.actor, target, length=length) as intake:
        request.upload_handlers = [VaultUploadHandler(request, intake)]
        refused: HttpResponse | None = file_it(request, intake)
    if refused is not None:
        return refused
    messages.success(request, _("The new version is filed."))
    org = request.organisation.slug
    return redirect("vault:versions", org=org, document_id=document_id)


versions.opens_own_scopes = True  # type: ignore[attr-defined]


@csrf_protect
def file_it(request: TenantRequest, intake: Intake) -> Any:
    intake.file(the_one_file(request).arrival, on_conflict="version")


@require_safe
def content(request: TenantRequest, document_id: UUID, number: int) -> HttpResponseBase:
    with scope(request.actor.tenant_id):
        permit = download_version(request.actor, document_id, number)
    return respond(request, permit)


content.opens_own_scopes = True  # type: ignore[attr-defined]


@require_POST
def restore(request: TenantRequest, document_id: UUID, number: int) -> HttpResponse:
    version = restore_version(request.actor, document_id, number)
    words = _("Version %(old)s is the newest again, as version %(new)s.")
    messages.success(request, words % {"old": number, "new": version.number})
    return redirect("vault:versions", org=request.organisation.slug, document_id=document_id)


def show(request: TenantRequest, document_id: UUID) -> HttpResponse:
    with scope(request.actor.tenant_id):
        held = visit_document(request.actor, document_id)
        current = held.document.current_id
        context = {
            **rows.whereabouts(held),
            "document": rows.document_facts(held.document),
            "versions": [version_row(version, current) for version in versions_of(held)],
            "upload_limit": rows.upload_limit(),
        }
        return render(request, "vault/versions.html", context)


def version_row(version: Version, current: UUID | None) -> dict[str, Any]:
    blob = version.blob
    return {
        "number": version.number,
        "is_current": version.pk == current,
        "size": blob.size,
        "sha256": bytes(blob.sha256 or b"").hex(),
        "created_at": version.created_at,
        "created_by": str(version.created_by or ""),
        "restored_from": version.restored_from,
        "scan": blob.state,
        "scan_words": BlobState(blob.state).label,
    }
