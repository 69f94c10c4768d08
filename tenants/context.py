"""What every page knows of the organisation around it, and of the person's others."""

from django.http import HttpRequest

from tenants.actor import Member


def organisation(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None}
    here = getattr(request, "organisation", None)
    around = {
        "organisation": here,
        "role": actor.role,
        "name": actor.trace.name,
        "administers": actor.administers,
    }
    return {
        "actor": around,
        "organisations": getattr(request, "organisations", []),
        "viewing": viewing(request, actor),
    }


def viewing(request: HttpRequest, actor: Member) -> dict[str, object] | None:
    """As whom the page is seen, for its banner; `back` is where the end of it leads."""
    if actor.viewing is None:
        return None
    return {
        "name": actor.viewing.name,
        "role": "" if actor.team_id else actor.role.label,
        "is_team": actor.team_id is not None,
        "until": actor.viewing.until,
        "back": request.get_full_path() if request.method == "GET" else "",
    }
