"""Where a request came from, as an actor carries it."""

from django.http import HttpRequest

from accounts.origin import origin_of
from tenants.actor import Trace


def trace_of(request: HttpRequest, *, name: str = "") -> Trace:
    origin = origin_of(request)
    return Trace(
        ip=origin.ip, user_agent=origin.user_agent, request_id=origin.request_id, name=name
    )
