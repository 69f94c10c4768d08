"""Teams, for admins. What changes who can see what is shown first, and done by a second step."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tenants.actor import require_admin
from tenants.errors import Invalid, NotFound, TeamTaken
from tenants.flows.people import people_beside, people_in, team_of, teams_of, those_called
from tenants.flows.teams import (
    add_to_team,
    create_team,
    delete_team,
    remove_from_team,
    rename_team,
)
from tenants.http import TenantRequest
from tenants.models import Membership, Team
from vault.flows.foresee import foresee_team
from vault.flows.reach import reach_of_team
from vault.forms import PeopleForm, TeamForm
from vault.rights.holdings import keys_given_to_each
from vault.views.effects import effect_row
from vault.views.people import called, key_row, list_of_people, person_row

LOOK_OR_DO = ["GET", "HEAD", "POST"]


@require_safe
def teams(request: TenantRequest) -> HttpResponse:
    found = teams_of(request.actor, cursor=request.GET.get("after", ""))
    keys = keys_given_to_each(found.teams)
    context = {
        "section": "teams",
        "teams": [
            team_facts(team)
            | {"people": found.people.get(team.pk, 0), "keys": keys.get(team.pk, 0)}
            for team in found.teams
        ],
        "next_cursor": found.next,
    }
    return render(request, "vault/teams.html", context)


@require_safe
def team(request: TenantRequest, team_id: UUID) -> HttpResponse:
    """People and keys are read on, each for itself: `after` and `keys` of the address."""
    form = PeopleForm(request.GET)
    after = request.GET.get("after", "")
    found = people_in(request.actor, team_id, called=called(form), cursor=after)
    context = {
        **around(request, team_id),
        **list_of_people(form, found),
        "people": [person_row(seat) for seat in found.seats],
        "is_long": bool(after or found.next or called(form)),  # then it can be searched
    }
    return render(request, "vault/team.html", context)


@require_http_methods(LOOK_OR_DO)
def new(request: TenantRequest) -> HttpResponse:
    require_admin(request.actor)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_team(request.actor, name=form.cleaned_data["name"])
        except (TeamTaken, Invalid) as refusal:
            form.add_error("name", refusal.detail or str(refusal.title))
        else:
            return page_of(request, made.pk)
    context = {"section": "teams", "form": form}
    return render(request, "vault/team_name.html", context, status=422 if form.errors else 200)


@require_http_methods(LOOK_OR_DO)
def rename(request: TenantRequest, team_id: UUID) -> HttpResponse:
    team = team_to_change(request, team_id)
    form = TeamForm(request.POST or None, initial={"name": team.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_team(request.actor, team_id, to=form.cleaned_data["name"])
        except (TeamTaken, Invalid) as refusal:
            form.add_error("name", refusal.detail or str(refusal.title))
        else:
            return page_of(request, team_id)
    context = {"section": "teams", "form": form, "team": team_facts(team)}
    return render(request, "vault/team_name.html", context, status=422 if form.errors else 200)


@require_http_methods(LOOK_OR_DO)
def add(request: TenantRequest, team_id: UUID) -> HttpResponse:
    """First whom, then what it does; `member` of the address is who was chosen."""
    team_to_change(request, team_id)
    if request.method == "POST":
        ids = chosen(request.POST.getlist("member"))
        if not ids:
            raise Invalid(_("Choose somebody first."))
        added = add_to_team(request.actor, team_id, *ids)
        words = ngettext("%(n)s person added.", "%(n)s people added.", len(added))
        messages.success(request, words % {"n": len(added)})
        return page_of(request, team_id)
    ids = chosen(request.GET.getlist("member"))
    if ids and not {"find", "after"} & request.GET.keys():
        people = those_called(request.actor, ids)
        act = partial(add_to_team, request.actor, team_id, *ids)
        return confirm(request, team_id, "add", people, act)
    form, after = PeopleForm(request.GET), request.GET.get("after", "")
    found = people_beside(request.actor, team_id, called=called(form), cursor=after)
    context = {
        **around(request, team_id),
        **list_of_people(form, found),
        "people": [person_row(seat) for seat in found.seats],
        "ticked": set(ids),
        "kept": [pk for pk in ids if pk not in {seat.pk for seat in found.seats}],
        "chose_nobody": "chosen" in request.GET,
    }
    return render(request, "vault/team_add.html", context)


@require_http_methods(LOOK_OR_DO)
def remove(request: TenantRequest, team_id: UUID, membership_id: UUID) -> HttpResponse:
    team_to_change(request, team_id)
    if request.method == "POST":
        remove_from_team(request.actor, team_id, membership_id)
        messages.success(request, _("Taken out of the team."))
        return page_of(request, team_id)
    people = those_called(request.actor, [membership_id])
    act = partial(remove_from_team, request.actor, team_id, membership_id)
    return confirm(request, team_id, "remove", people, act)


@require_http_methods(LOOK_OR_DO)
def delete(request: TenantRequest, team_id: UUID) -> HttpResponse:
    team_to_change(request, team_id)
    if request.method == "POST":
        delete_team(request.actor, team_id)
        messages.success(request, _("Team deleted."))
        return redirect("vault:teams", org=request.organisation.slug)
    return confirm(request, team_id, "delete", [], partial(delete_team, request.actor, team_id))


def confirm(
    request: TenantRequest,
    team_id: UUID,
    verb: str,
    seats: Sequence[Membership],
    act: Callable[[], object],
) -> HttpResponse:
    """An act before it is done: whom it is about, what it does, and the button that does it."""
    effect = foresee_team(request.actor, team_id, act)
    context = {
        **around(request, team_id),
        "act": verb,
        "people": [person_row(seat) for seat in seats],
        "effect": effect_row(effect),
    }
    return render(request, "vault/team_act.html", context)


def around(request: TenantRequest, team_id: UUID) -> dict[str, Any]:
    """The team and its keys: what its pages have in common."""
    after = request.GET.get("keys", "")
    team, keys = reach_of_team(request.actor, team_id, cursor=after)
    return {
        "section": "teams",
        "team": team_facts(team),
        "keys": [key_row(holding, request.actor) for holding in keys.items],
        "keys_total": keys.total,
        "next_key": keys.next,
    }


def team_to_change(request: TenantRequest, team_id: UUID) -> Team:
    """*Everyone* stays as it is: to what changes teams, it isn't there."""
    team = team_of(request.actor, team_id)
    if team.is_everyone:
        raise NotFound
    return team


def chosen(words: Sequence[str]) -> list[UUID]:
    try:
        return [UUID(word) for word in words]
    except ValueError as error:
        raise Invalid(_("Somebody who was chosen isn't a person.")) from error


def team_facts(team: Team) -> dict[str, Any]:
    return {"id": team.pk, "name": team.name, "is_everyone": team.is_everyone}


def page_of(request: TenantRequest, team_id: UUID) -> HttpResponse:
    return redirect("vault:team", org=request.organisation.slug, team_id=team_id)
