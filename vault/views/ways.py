"""Where to go after an act."""

from django.http import HttpResponse
from django.shortcuts import redirect

from tenants.errors import NotFound
from tenants.http import TenantRequest, own_page
from vault.models import Document, Folder
from vault.rights.fetching import fetch_folder


def page_of(request: TenantRequest, node: Folder | Document) -> HttpResponse:
    """The page of a folder or document."""
    org = request.organisation.slug
    if isinstance(node, Folder):
        return redirect("vault:folder", org=org, folder_id=node.pk)
    return redirect("vault:document", org=org, document_id=node.pk)


def page_around(request: TenantRequest, node: Folder | Document) -> HttpResponse:
    """The page of the folder that a folder or document lies in.

    A key to the thing alone does not open it: then it is the list of what one was given.
    """
    parent = node.parent_id if isinstance(node, Folder) else node.folder_id
    org = request.organisation.slug
    if parent is None:
        return redirect("vault:files", org=org)
    try:
        fetch_folder(request.actor, parent)
    except NotFound:
        return redirect("vault:shared", org=org)
    return redirect("vault:folder", org=org, folder_id=parent)


def back_or(request: TenantRequest, node: Folder | Document) -> HttpResponse:
    """The page of ours that a form names as `back`, else the node's own."""
    return back(request) or page_of(request, node)


def back(request: TenantRequest) -> HttpResponse | None:
    """The page of ours that a form names as `back`."""
    address = way_back(request)
    return redirect(address) if address else None


def way_back(request: TenantRequest) -> str:
    """The address of that page, or nothing; a form that was asked for by GET has it in its own."""
    return own_page(request.POST.get("back") or request.GET.get("back", "")) or ""
