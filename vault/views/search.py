"""Search: a form whose whole state is its address."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tenants.http import TenantRequest
from vault.flows.search import Query, search
from vault.forms import SearchForm
from vault.views import rows


@require_safe
def page(request: TenantRequest) -> HttpResponse:
    form = SearchForm(request.GET, actor=request.actor)
    query = asked(form) if form.is_valid() else None
    found = search(request.actor, query, cursor=request.GET.get("after", "")) if query else None
    context = {
        "section": "search",
        "form": form,
        "documents": [rows.found_row(d, found) for d in found.documents] if found else [],
        "next_cursor": found.next if found else None,
        "query": form.data.get("q", ""),
        "address": without(request, "after"),
        "sort_address": without(request, "after", "sort"),
        "sort": query.sort if query else "",
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
        sort=data["sort"] or "-changed",
        since=timezone.now() - timedelta(days=days) if days else None,
    )


def without(request: TenantRequest, *names: str) -> str:
    """The query of this address, less some of its parameters."""
    parameters = request.GET.copy()
    for name in names:
        parameters.pop(name, None)
    return parameters.urlencode()
