"""What every page knows of the organisation around it, and of the person's others."""

from django.http import HttpRequest


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
    return {"actor": around, "organisations": getattr(request, "organisations", [])}
