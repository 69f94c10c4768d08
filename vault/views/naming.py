"""What things are called and said to be: a name for folders and documents, a description."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenants.http import TenantRequest
from vault.access import Role
from vault.errors import Exists
from vault.flows.describe import describe
from vault.flows.folders import rename_folder
from vault.flows.rename import rename
from vault.forms import DescriptionForm, NameForm
from vault.rights.fetching import Held, fetch_document, fetch_folder
from vault.views import rows
from vault.views.ways import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    return ask(request, fetch_folder(request.actor, folder_id, at_least=Role.EDIT), rename_folder)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    return ask(request, fetch_document(request.actor, document_id, at_least=Role.EDIT), rename)


def ask(request: TenantRequest, held: Held, flow: Any) -> HttpResponse:
    node = held.node
    form = NameForm(request.POST or None, initial={"name": node.name})
    if request.method == "POST" and form.is_valid():
        try:
            renamed = flow(request.actor, node.pk, to=form.cleaned_data["name"])
        except Exists as refusal:
            form.add_error("name", refusal.detail)
        else:
            return page_of(request, renamed)
    context = {**rows.whereabouts(held), "form": form}
    return render(request, "vault/rename.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def description(request: TenantRequest, document_id: UUID) -> HttpResponse:
    held = fetch_document(request.actor, document_id, at_least=Role.EDIT)
    form = DescriptionForm(
        request.POST or None, initial={"description": held.document.description}
    )
    if request.method == "POST" and form.is_valid():
        describe(request.actor, document_id, words=form.cleaned_data["description"])
        return page_of(request, held.document)
    context = {**rows.whereabouts(held), "form": form}
    return render(request, "vault/describe.html", context, status=422 if form.errors else 200)
