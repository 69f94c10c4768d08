"""The trash: into it, out of it, and gone for good."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tenants.http import TenantRequest
from tenants.models import Policy
from vault.flows.bulk import trash_all
from vault.flows.purge import purge as purge_for_good
from vault.flows.trash import restore as restore_from_trash
from vault.flows.trash import trash_document, trash_folder, trash_of
from vault.forms import SelectionForm
from vault.models import Document, Folder, Trashing
from vault.views.jobs import to_job
from vault.views.ways import back, page_around


@require_POST
def throw_folder(request: TenantRequest, folder_id: UUID) -> HttpResponse:
    trashing = trash_folder(request.actor, folder_id)
    return thrown(request, trashing, Folder.with_trash.get(pk=folder_id))


@require_POST
def throw_document(request: TenantRequest, document_id: UUID) -> HttpResponse:
    trashing = trash_document(request.actor, document_id)
    return thrown(request, trashing, Document.with_trash.get(pk=document_id))


def thrown(request: TenantRequest, trashing: Trashing, node: Folder | Document) -> HttpResponse:
    """Undo stands in the message; the same act is in the trash for weeks."""
    org = request.organisation.slug
    undo = reverse("vault:restore", kwargs={"org": org, "trashing_id": trashing.pk})
    words = _("“%(name)s” is in the trash.") % {"name": name_of(trashing)}
    messages.success(request, words, extra_tags=undo)
    return back(request) or page_around(request, node)


@require_POST
def throw_several(request: TenantRequest) -> HttpResponse:
    """What was ticked in a list, or all of it, in one act."""
    chosen = SelectionForm(request.POST).chosen(request.actor)
    job = trash_all(request.actor, chosen)
    if job.is_open or job.failed:
        return to_job(request, job)
    assert job.trashing is not None
    trashing = Trashing.objects.get(pk=job.trashing)
    kind = Folder if trashing.kind == "folder" else Document
    return thrown(request, trashing, kind.with_trash.get(pk=trashing.node))


def name_of(trashing: Trashing) -> str:
    """The first thing's name, and how many more there were."""
    more = trashing.things - 1
    if not more:
        return trashing.name
    words = ngettext("%(name)s and %(more)s more", "%(name)s and %(more)s more", more)
    return words % {"name": trashing.name, "more": more}


@require_safe
def trash(request: TenantRequest) -> HttpResponse:
    acts, following = trash_of(request.actor, cursor=request.GET.get("after", ""))
    context = {
        "section": "trash",
        "acts": [row(*act) for act in acts],
        "next_cursor": following,
        "days": Policy.objects.values_list("trash_days", flat=True).get(),
        "may_purge": request.actor.administers,
    }
    return render(request, "vault/trash.html", context)


@require_POST
def restore(request: TenantRequest, trashing_id: UUID) -> HttpResponse:
    node = restore_from_trash(request.actor, trashing_id)
    messages.success(request, _("“%(name)s” is back.") % {"name": node.name})
    return page_around(request, node)


@require_POST
def purge(request: TenantRequest, trashing_id: UUID) -> HttpResponse:
    purge_for_good(request.actor, trashing_id)
    return redirect("vault:trash", org=request.organisation.slug)


purge.opens_own_scopes = True  # type: ignore[attr-defined]


def row(trashing: Trashing, goes_at: Any) -> dict[str, Any]:
    return {
        "id": trashing.pk,
        "name": name_of(trashing),
        "kind": trashing.kind,
        "documents": trashing.documents,
        "by": str(trashing.by),
        "at": trashing.at,
        "goes_at": goes_at,
    }
