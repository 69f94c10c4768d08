"""Search: a form whose whole state is its address."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants.actor import Member
from tenants.http import TenantRequest, shown_through_other_eyes
from vault.flows.choose import Matching
from vault.flows.search import Found, Query, folders_named, search
from vault.flows.star import stars_of
from vault.forms import SearchForm
from vault.rights.fetching import fetch_folder
from vault.views import rows
from vault.views.selecting import all_of

CHIPS = ("type", "days", "owner")


@shown_through_other_eyes
@require_safe
def page(request: TenantRequest) -> HttpResponse:
    form = SearchForm(request.GET, actor=request.actor)
    query = form.wanted() if form.is_valid() else None
    cursor = request.GET.get("after", "")
    found = search(request.actor, query, cursor=cursor) if query else None
    folders = folder_rows(request.actor, query, found) if query and found and not cursor else []
    documents = rows.found_rows(request.actor, found.documents) if found else []
    context = {
        "section": "search",
        "form": form,
        "folders": folders,
        "documents": documents,
        "matching": all_of(
            f"search:{without(request, 'sort')}",
            Matching.of(request.actor, query, found.keyring).count(),
            shown=len(folders) + len(documents),
        )
        if query and found
        else None,
        "next_cursor": found.next if found else None,
        "query": form.data.get("q", ""),
        "chips": list(chips(request, form)) if query else [],
        "address": without(request),
        "sort_address": without(request, "sort"),
        "sort": query.sort if query else "",
    }
    return render(request, "vault/search.html", context, status=200 if query else 422)


def folder_rows(actor: Member, query: Query, found: Found) -> list[dict[str, Any]]:
    named = folders_named(query, found.keyring)
    return rows.held_rows(named, stars_of(actor, [held.folder.pk for held in named]))


def chips(request: TenantRequest, form: SearchForm) -> Iterator[dict[str, str]]:
    """What narrows the search, each with the address of the same search without it."""
    for name in CHIPS:
        field = form[name]
        if form.cleaned_data[name]:
            choices = {str(value): str(words) for value, words in field.field.choices}  # type: ignore[attr-defined]
            words = choices[str(field.value())]
            yield {"label": str(field.label), "words": words, "address": without(request, name)}
    if folder := form.cleaned_data["folder"]:
        held = fetch_folder(request.actor, folder)
        words = _("Documents") if held.folder.is_root else held.folder.name
        yield {"label": _("In"), "words": words, "address": without(request, "folder")}


def without(request: TenantRequest, *names: str) -> str:
    """The query of this address, less some of its parameters, and from its first page."""
    parameters = request.GET.copy()
    for name in ("after", *names):
        parameters.pop(name, None)
    return parameters.urlencode()
