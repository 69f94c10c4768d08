"""A star on, a star off, and back to where it was clicked."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from tenants.http import TenantRequest
from vault.flows.star import star_document, star_folder, unstar_document, unstar_folder
from vault.views.ways import back_or


@require_POST
def folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    flow = star_folder if request.POST.get("starred") == "on" else unstar_folder
    return back_or(request, flow(request.actor, folder_id))


@require_POST
def document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    flow = star_document if request.POST.get("starred") == "on" else unstar_document
    return back_or(request, flow(request.actor, document_id))
