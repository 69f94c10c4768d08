"""Search: a form whose whole state is its address."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tenants.http import TenantRequest
from vault.access import Keyring, Place
from vault.flows.search import Found, Query, search
from vault.forms import SearchForm
from vault.models import Document
from vault.views import rows


@require_safe
def page(request: TenantRequest) -> HttpResponse:
    form = SearchForm(request.GET, actor=request.actor)
    query = asked(form) if form.is_valid() else None
    found = search(request.actor, query, cursor=request.GET.get("after", "")) if query else None
    context = {
        "section": "search",
        "form": form,
        "documents": [result_row(d, found) for d in found.documents] if found else [],
        "next_cursor": found.next if found else None,
        "query": form.data.get("q", ""),
        "address": without_cursor(request),
    }
    return render(request, "vault/search.html", context, status=200 if query else 422)


def asked(form: SearchForm) -> Query:
    data = form.cleaned_data
    days = data["days"]
    return Query(
        words=data["q"],
        extension=data["type"],
        owner=data["owner"],
        folder=data["folder"],
        since=timezone.now() - timedelta(days=days) if days else None,
    )


def result_row(document: Document, found: Found) -> dict[str, Any]:
    exposure = found.exposures[document.pk]
    return {
        **rows.document_facts(document),
        "kind": "document",
        "restricted": document.restricted,
        "changed_at": document.changed_at,
        "changed_by": str(document.created_by or ""),
        "exposure": exposure.level,
        "exposure_words": rows.exposure_words(exposure),
        "may": rows.may_in(found.role_on(document)),
        "where": where(document, found.keyring, found.places[document.folder_id]),
    }


def where(document: Document, keyring: Keyring, place: Place) -> str:
    """The folder's name, for who may see the folder: a single document may be all they see."""
    folder = document.folder
    return "" if folder.is_root or not keyring.role_in(place) else folder.name


def without_cursor(request: TenantRequest) -> str:
    parameters = request.GET.copy()
    parameters.pop("after", None)
    return parameters.urlencode()
