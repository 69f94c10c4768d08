"""Upload by form: with and without JavaScript, one file or forty, each with its own verdict."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from tenants.audit import record_refusal
from tenants.errors import Refused
from tenants.http import TenantRequest, wants_json
from tenants.scoping import scope
from vault.access import Role
from vault.errors import NoFile
from vault.flows.filing import OnConflict
from vault.flows.upload import Intake, receiving
from vault.forms import UploadForm
from vault.models import Document
from vault.rights.fetching import fetch_folder
from vault.views import rows
from vault.views.receiving import (
    ReceivedFile,
    VaultUploadHandler,
    declared_length,
    received_files,
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    filed: list[Document]
    refused: list[dict[str, Any]]


@csrf_exempt  # until the upload handler is set: the check of `file_them` reads the body
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return show(request, folder_id, Verdicts([], []))
    length = declared_length(request)
    with receiving(request.actor, folder_id, length=length) as intake:
        request.upload_handlers = [VaultUploadHandler(request, intake)]
        answer = file_them(request, intake)
    if isinstance(answer, HttpResponse):
        return answer
    if wants_json(request):
        return told(answer)
    return show(request, folder_id, answer)


upload.opens_own_scopes = True  # type: ignore[attr-defined]


@csrf_protect
def file_them(request: TenantRequest, intake: Intake) -> Any:
    """Every file gets its verdict; a refused one never stops the others."""
    files = received_files(request, "file")
    if not files:
        raise NoFile
    form = UploadForm(request.POST)
    on_conflict: OnConflict = (form.is_valid() and form.cleaned_data["on_conflict"]) or "keep_both"
    verdicts = Verdicts([], [])
    for file in files:
        judge(request, intake, file, on_conflict, verdicts)
    return verdicts


def judge(
    request: TenantRequest,
    intake: Intake,
    file: ReceivedFile,
    on_conflict: OnConflict,
    verdicts: Verdicts,
) -> None:
    try:
        verdicts.filed.append(intake.file(file.arrival, on_conflict=on_conflict))
    except Refused as refusal:
        verdicts.refused.append(
            {
                "name": file.name,
                "code": refusal.code,
                "title": str(refusal.title),
                "detail": refusal.detail,
            }
        )
        if refusal.recorded:
            with scope(request.actor.tenant_id):
                record_refusal(request.actor, refusal)


def told(verdicts: Verdicts) -> JsonResponse:
    filed = [{"id": str(document.pk), "name": document.name} for document in verdicts.filed]
    status = HTTPStatus.CREATED if filed else HTTPStatus.UNPROCESSABLE_ENTITY
    return JsonResponse({"documents": filed, "refused": verdicts.refused}, status=status)


def show(request: TenantRequest, folder_id: UUID, verdicts: Verdicts) -> HttpResponse:
    with scope(request.actor.tenant_id):
        held = fetch_folder(request.actor, folder_id, at_least=Role.EDIT)
        context = {
            "folder": rows.folder_facts(held.folder),
            "breadcrumb": rows.steps(held.keyring, held.place),
            "form": UploadForm(),
            "filed": [{"id": document.pk, "name": document.name} for document in verdicts.filed],
            "refused": verdicts.refused,
            "upload_limit": rows.upload_limit(),
        }
        status = 422 if verdicts.refused and not verdicts.filed else 200
        return render(request, "vault/upload.html", context, status=status)
