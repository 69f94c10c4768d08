"""What every page knows of the organisation around it."""

from django.http import HttpRequest


def organisation(request: HttpRequest) -> dict[str, object]:
    actor, user = getattr(request, "actor", None), getattr(request, "user", None)
    if actor is None or user is None:
        return {"actor": None}
    return {"actor": {"organisation": request.organisation, "role": actor.role, "name": str(user)}}  # type: ignore[attr-defined]
