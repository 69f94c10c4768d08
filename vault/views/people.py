"""The people of the organisation, and all that one of them can reach."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.actor import Member
from tenants.flows.people import People, people_of, team_names
from tenants.http import TenantRequest
from tenants.models import Membership, MembershipRole
from vault.access import Role
from vault.flows.explain import RULE_WORDS
from vault.flows.holdings import Holding
from vault.flows.reach import Reach, Reached, documents_reached, reach_of
from vault.forms import PeopleForm
from vault.models import Folder
from vault.rights.holdings import keys_held_by_each
from vault.views import rows


@require_safe
def members(request: TenantRequest) -> HttpResponse:
    form = PeopleForm(request.GET)
    found = people_of(request.actor, called=called(form), cursor=request.GET.get("after", ""))
    teams, keys = team_names(found.seats), keys_held_by_each(found.seats)
    context = {
        "section": "members",
        **list_of_people(form, found),
        "people": [
            person_row(seat) | {"teams": teams.get(seat.pk, []), "keys": keys.get(seat.user_id, 0)}
            for seat in found.seats
        ],
    }
    return render(request, "vault/members.html", context)


@require_safe
def my_access(request: TenantRequest) -> HttpResponse:
    return show(request, request.actor.membership_id)


@require_safe
def access(request: TenantRequest, membership_id: UUID) -> HttpResponse:
    return show(request, membership_id)


def show(request: TenantRequest, who: UUID) -> HttpResponse:
    """Keys and documents are read on, each for itself: `keys` and `after` of the address."""
    after_key, after = request.GET.get("keys", ""), request.GET.get("after", "")
    reach = reach_of(request.actor, who, cursor=after_key)
    page = documents_reached(request.actor, who, cursor=after)
    is_mine = reach.seat.pk == request.actor.membership_id
    context = {
        "section": "shared" if is_mine else "members",
        "person": person_row(reach.seat),
        "is_mine": is_mine,
        "to_everything": reach.to_everything,
        "tally": tally(reach),
        "total": reach.total,
        "keys": [key_row(holding, request.actor) for holding in reach.keys.items],
        "keys_total": reach.keys.total,
        "next_key": reach.keys.next,
        "documents": [reached_row(one, request.actor) for one in page.items],
        "next_cursor": page.next,
        "rule_sentence": RULE_WORDS,
    }
    return render(request, "vault/reach.html", context)


def called(form: PeopleForm) -> str:
    """What is longer than the field takes finds everybody, and is said beside the field."""
    return str(form.cleaned_data["q"]) if form.is_valid() else ""


def list_of_people(form: PeopleForm, found: People) -> dict[str, Any]:
    query = called(form)
    address = urlencode({"q": query}) if query else ""
    return {"form": form, "query": query, "address": address, "next_cursor": found.next}


def person_row(seat: Membership) -> dict[str, Any]:
    user = seat.user
    return {
        "id": seat.pk,
        "name": str(user),
        "email": user.email if user.name else "",
        "role": seat.role,
        "role_words": MembershipRole(seat.role).label,
    }


def tally(reach: Reach) -> list[dict[str, Any]]:
    """By the strongest role, the strongest first; what there is none of is left out."""
    counts = sorted(reach.documents.items(), reverse=True)
    return [
        {"words": rows.role_words(role), "number": number} for role, number in counts if number
    ]


def key_row(holding: Holding, reader: Member) -> dict[str, Any]:
    key, node = holding.grant, holding.node
    return {
        "id": key.grant,
        "node": {
            "id": node.pk,
            "name": "" if isinstance(node, Folder) and node.is_root else node.name,
            "kind": key.at,
            "restricted": node.restricted,
            "is_home": isinstance(node, Folder) and node.home_of_id is not None,
        },
        "way": steps(holding.way),
        "role_words": rows.role_words(key.role),
        "team": {"id": key.team, "name": holding.team, "is_open": reader.administers}
        if key.team
        else None,
        "by": holding.by,
        "since": key.granted_at,
        "until": key.expires_at,
        "documents": holding.documents,
        "may_look": looks(reader, holding.may),
        "may_change": looks(reader, holding.may) and holding.may >= Role.MANAGE,
    }


def reached_row(reached: Reached, reader: Member) -> dict[str, Any]:
    document, origin = reached.document, reached.given_on
    blob = document.current.blob if document.current else None
    return {
        "id": document.pk,
        "name": document.name,
        "restricted": document.restricted,
        "media_type": blob.media_type if blob else "",
        "way": steps(reached.way),
        "role_words": rows.role_words(reached.role),
        "origin": {
            "is_folder": isinstance(origin, Folder),
            "name": "" if isinstance(origin, Folder) and origin.is_root else origin.name,
            "team": reached.teams[0],
            "others": len(reached.keys) - 1,
        }
        if origin
        else None,
        "may_look": looks(reader, reached.may),
    }


def looks(reader: Member, role: Role) -> bool:
    """Whether they may see who else gets in: guests see no directory."""
    return role >= Role.EDIT and reader.role != MembershipRole.GUEST


def steps(way: Any) -> list[str]:
    return ["" if folder.is_root else folder.name for folder in way]
