"""Lists across folders: everything, what was opened lately, what is starred, what others gave."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.flows.personalise import personalise
from accounts.forms import ColumnsForm
from tenants.errors import Invalid
from tenants.http import TenantRequest, shown_through_other_eyes
from vault.flows.choose import Matching
from vault.flows.orders import FOR_BOTH, NEWEST_FIRST
from vault.flows.search import LAST_OPENED, Query, search
from vault.flows.shared import Given, Shared, shared_with
from vault.flows.star import starred_folders
from vault.rights import counting
from vault.rights.fetching import HeldFolder
from vault.rights.listed import Shown
from vault.views import rows
from vault.views.selecting import all_of
from vault.views.ways import back


@require_safe
@shown_through_other_eyes
def everything(request: TenantRequest) -> HttpResponse:
    """By change or by name: what an index answers, however much there is."""
    sort = request.GET.get("sort", NEWEST_FIRST.name)
    if sort not in {order.name for order in FOR_BOTH}:
        raise Invalid("sort")
    query = Query(sort=sort)
    found = search(request.actor, query, cursor=after(request))
    total = counting.count(found.keyring)
    context = {
        "section": "all",
        "documents": rows.found_rows(request.actor, found.documents),
        "total": total,
        "matching": all_of("search:", total, shown=len(found.documents)),
        "next_cursor": found.next,
        "sort": sort,
        "address": f"sort={sort}",
    }
    return render(request, "vault/all.html", context)


@require_safe
def recent(request: TenantRequest) -> HttpResponse:
    query = Query(sort=LAST_OPENED.name)
    found = search(request.actor, query, cursor=after(request))
    every = Matching.of(request.actor, query, found.keyring)
    context = {
        "section": "recent",
        "documents": rows.found_rows(request.actor, found.documents),
        "matching": all_of("recent:", every.count(), shown=len(found.documents)),
        "next_cursor": found.next,
    }
    return render(request, "vault/recent.html", context)


@require_safe
def starred(request: TenantRequest) -> HttpResponse:
    """Folders stand on the first page; documents follow, by name."""
    cursor = after(request)
    query = Query(starred=True, sort="name")
    found = search(request.actor, query, cursor=cursor)
    folders = [] if cursor else starred_folders(request.actor, found.keyring)
    every = Matching.of(request.actor, query, found.keyring)
    context = {
        "section": "starred",
        "matching": all_of("starred:", every.count(), shown=len(folders) + len(found.documents)),
        "folders": rows.held_rows(folders, {held.folder.pk for held in folders}),
        "documents": rows.found_rows(request.actor, found.documents),
        "next_cursor": found.next,
    }
    return render(request, "vault/starred.html", context)


@shown_through_other_eyes
@require_safe
def shared(request: TenantRequest) -> HttpResponse:
    given = shared_with(request.actor, cursor=after(request))
    context = {
        "section": "shared",
        "documents": [given_row(item, given) for item in given.items],
        "next_cursor": given.next,
    }
    return render(request, "vault/shared.html", context)


@require_POST
def columns(request: TenantRequest) -> HttpResponse:
    """Which columns this person's lists show, from now on and everywhere."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        raise Invalid("columns")
    personalise(request.user, form.cleaned_data)
    return back(request) or redirect("vault:files", org=request.organisation.slug)


def after(request: TenantRequest) -> str:
    return request.GET.get("after", "")


def given_row(item: Given, given: Shared) -> dict[str, Any]:
    held = item.held
    told = {
        "given_by": item.by,
        "through": item.through,
        "until": item.until,
        "role_words": rows.role_words(rows.role_told(held)),
    }
    exposure, starred = given.exposures[held.node.pk], held.node.pk in given.stars
    if isinstance(held, HeldFolder):
        return {**rows.plain_folder_row(held.folder, held.role, exposure, starred=starred), **told}
    return {**rows.document_row(Shown.of(held, exposure), starred=starred), **told}
