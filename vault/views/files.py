"""Folders: what is in them, and a new one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.flows.personalise import personalise
from accounts.models import User
from tenants.actor import Member
from tenants.http import TenantRequest, shown_through_other_eyes
from vault.access import Role
from vault.errors import Exists
from vault.flows.browse import contents
from vault.flows.choose import Matching
from vault.flows.folders import create_folder, root_of
from vault.flows.orders import ORDERS
from vault.forms import NameForm
from vault.models import Folder
from vault.rights.fetching import fetch_folder
from vault.views import rows
from vault.views.selecting import all_of


@shown_through_other_eyes
@require_safe
def enter(request: TenantRequest) -> HttpResponse:
    return redirect("vault:files", org=request.organisation.slug)


@shown_through_other_eyes
@require_safe
def files(request: TenantRequest) -> HttpResponse:
    return show(request, root_of(request.actor).pk)


@shown_through_other_eyes
@require_safe
def folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    return show(request, folder_id)


def show(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    chosen = request.GET.get("sort")
    sort = chosen or sort_of(request.user)
    page = contents(request.actor, folder_id, cursor=request.GET.get("after", ""), sort=sort)
    if chosen and request.method == "GET" and not request.actor.viewing:
        personalise(request.user, {"sort": chosen})
    held = page.held
    context = {
        "section": section_of(held.folder, request.actor),
        "folder": rows.folder_facts(held.folder),
        "breadcrumb": rows.steps(held.keyring, held.place),
        "folders": [rows.folder_row(folder, page) for folder in page.folders],
        "documents": [
            rows.document_row(row, starred=row.document.pk in page.stars) for row in page.documents
        ],
        "total": page.total,
        "next_cursor": page.next,
        "matching": all_of(
            f"folder:{folder_id}",
            Matching.in_folder(held.folder, held.keyring).folders.count() + page.total,
            shown=len(page.folders) + len(page.documents),
        ),
        "sort": sort,
        "address": f"sort={sort}",
        "starred": folder_id in page.stars,
        "may": rows.may_on(held),
        "role_words": rows.role_words(rows.role_told(held)),
        "upload_limit": rows.upload_limit(),
    }
    return render(request, "vault/files.html", context)


def section_of(folder: Folder, actor: Member) -> str:
    """Which entry of the navigation leads right here."""
    if folder.home_of_id == actor.user_id:
        return "home"
    return "files" if folder.is_root else ""


def sort_of(person: User) -> str:
    """The order that they chose last, in any folder."""
    return person.sort if person.sort in ORDERS else "name"


@require_http_methods(["GET", "HEAD", "POST"])
def new_folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    held = fetch_folder(request.actor, folder_id, at_least=Role.EDIT)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_folder(request.actor, folder_id, name=form.cleaned_data["name"])
        except Exists as refusal:
            form.add_error("name", refusal.detail)
        else:
            return redirect("vault:folder", org=request.organisation.slug, folder_id=made.pk)
    context = {
        "folder": rows.folder_facts(held.folder),
        "breadcrumb": rows.steps(held.keyring, held.place),
        "form": form,
    }
    return render(request, "vault/new_folder.html", context, status=422 if form.errors else 200)
