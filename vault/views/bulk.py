"""Acts on what was chosen in a list: where to, for whom. The address says what was chosen."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenants.actor import Member, require_no_guest
from tenants.errors import Refused
from tenants.http import TenantRequest
from vault.access import Role
from vault.errors import TooMany
from vault.flows.browse import subfolders
from vault.flows.bulk import AT_ONCE, grant_all, move_all
from vault.flows.choose import MOST, Chosen, require_something
from vault.flows.folders import home_of, root_of
from vault.flows.foresee import foresee
from vault.flows.visit import visit_folder
from vault.forms import GrantForm, SelectionForm
from vault.models import Document, Folder, Job
from vault.rights.fetching import HeldFolder, fetch_folder
from vault.rights.keyrings import keyring_of
from vault.views import rows
from vault.views.changes import given_lines
from vault.views.effects import effect_row
from vault.views.jobs import answer
from vault.views.moving import asked_for
from vault.views.selecting import with_commas
from vault.views.ways import way_back


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: TenantRequest) -> HttpResponse:
    chosen = chosen_by(request, Role.EDIT)
    here = folder_here(request, chosen)
    refused = ""
    if request.method == "POST":
        try:
            return answer(request, move_all(request.actor, chosen, to=here.folder.pk))
        except Refused as refusal:
            refused = refusal.detail or str(refusal.title)
    context = {
        **about(request, chosen),
        **steps_from(request, here),
        "refused": refused,
        "effect": None if refused or here.role < Role.EDIT else moving(request, chosen, here),
    }
    return render(request, "vault/bulk_move.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: TenantRequest) -> HttpResponse:
    """First to whom, then what that does; the POST does it."""
    chosen = chosen_by(request, Role.MANAGE)
    require_no_guest(request.actor)
    asked, find = request.POST or request.GET, request.GET.get("find", "")
    is_sent = "role" in asked and "edit" not in asked
    form = (
        GrantForm(asked, held=Role.MANAGE, find=find)
        if is_sent
        else GrantForm.beginning(request.GET, held=Role.MANAGE)
    )
    effect = None
    if form.is_valid():
        try:
            if request.method == "POST":
                return answer_all(request, give_all(request.actor, chosen, form))
            times = len(form.givings())
            effect = ahead(request, chosen, partial(give_all, request.actor, chosen, form), times)
        except Refused as refusal:
            form.add_error(None, refusal.detail or str(refusal.title))
    kept = [(k, v) for k in request.GET for v in request.GET.getlist(k) if k not in form.fields]
    context = {
        **about(request, chosen),
        "form": form,
        "find": find,
        "selection": [(name, value) for name, value in kept if name not in ("find", "edit")],
        "lines": given_lines(form) if form.is_valid() else [],
        "effect": effect,
    }
    return render(request, "vault/bulk_grant.html", context, status=422 if form.errors else 200)


def give_all(actor: Member, chosen: Chosen, form: GrantForm) -> list[Job]:
    """One act for each person or team. Raises `TooMany`."""
    if chosen.number * len(form.givings()) > MOST:
        raise TooMany(most=MOST)
    return [
        grant_all(actor, chosen, to=giving.to, role=giving.role, until=giving.until)
        for giving in form.givings()
    ]


def answer_all(request: TenantRequest, made: list[Job]) -> HttpResponse:
    if len(made) == 1:
        return answer(request, made[0])
    return redirect("vault:jobs", org=request.organisation.slug)


def moving(request: TenantRequest, chosen: Chosen, here: HeldFolder) -> dict[str, Any] | None:
    """Who would gain and lose; nothing where it would be refused, which the POST says."""
    try:
        return ahead(request, chosen, partial(move_all, request.actor, chosen, to=here.folder.pk))
    except Refused:
        return None


def ahead(
    request: TenantRequest, chosen: Chosen, act: Callable[[], object], times: int = 1
) -> dict[str, Any] | None:
    """What an act would do; of more than are done at once, nothing is foreseen."""
    if chosen.number * times > AT_ONCE:
        return None
    effect = foresee(request.actor, act, folders=chosen.folders, documents=chosen.documents)
    return effect_row(effect)


def chosen_by(request: TenantRequest, role: Role) -> Chosen:
    """Raises `Invalid`, `TooMany`; `NotFound`, `TooWeak` where nothing of it could be done."""
    chosen = SelectionForm(request.GET).chosen(request.actor)
    require_something(request.actor, chosen, role)
    return chosen


def about(request: TenantRequest, chosen: Chosen) -> dict[str, Any]:
    return {
        "number": chosen.number,
        "number_words": with_commas(chosen.number),
        "back": way_back(request),
    }


def folder_here(request: TenantRequest, chosen: Chosen) -> HeldFolder:
    """The folder that the page stands in: the one asked for, or where the first of these lies.

    Who can't see that begins at the root, or in their own folder.
    """
    keyring = keyring_of(request.actor)
    if asked := asked_for(request):
        return visit_folder(request.actor, asked, keyring=keyring)
    root, home = root_of(request.actor), home_of(request.actor)
    ways = [pk for pk in (place_of_first(chosen), root.pk) if pk]
    seen = set(Folder.objects.opened_by(keyring).filter(pk__in=ways).values_list("pk", flat=True))
    start = next((pk for pk in ways if pk in seen), (home or root).pk)
    return fetch_folder(request.actor, start, keyring=keyring)


def place_of_first(chosen: Chosen) -> UUID | None:
    lying = Document.objects.filter(pk__in=chosen.documents[:1]).values_list(
        "folder_id", flat=True
    )
    inside = Folder.objects.filter(pk__in=chosen.folders[:1]).values_list("parent_id", flat=True)
    return inside.first() or lying.first()


def steps_from(request: TenantRequest, here: HeldFolder) -> dict[str, Any]:
    """Each step keeps what was chosen."""
    kept = request.GET.copy()
    kept.pop("to", None)
    return {
        "here": rows.folder_facts(here.folder),
        "way": rows.steps(here.keyring, here.place),
        "folders": [rows.folder_facts(folder) for folder in subfolders(here)],
        "may_drop": here.role >= Role.EDIT,
        "selection": kept.urlencode(),
    }
