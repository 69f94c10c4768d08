"""Requests that passed the tenant middleware, and how a refusal is said."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from tenants.actor import Member
from tenants.errors import Refused
from tenants.models import Organisation


class TenantRequest(HttpRequest):
    """A request that has passed `TenantMiddleware`."""

    actor: Member
    organisation: Organisation
    user: User


def shown_through_other_eyes[V: Callable[..., object]](view: V) -> V:
    """For a page that only reads and is nobody's own: it is served while viewing as another.

    Every other view is refused then. tests/house/test_viewing.py has the list.
    """
    view.shown_through_other_eyes = True  # type: ignore[attr-defined]
    return view


def own_page(address: str) -> str | None:
    """An address that a form names, if it is one of ours."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith("/") else None


def acting(request: HttpRequest) -> Member:
    """Who acts, in a view whose signature a library reads."""
    actor = getattr(request, "actor", None)
    assert isinstance(actor, Member), "the tenant middleware has not run"
    return actor


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get(
        "Accept", ""
    )


def answer(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as a page, or as a problem (RFC 9457) where a program asks.

    What stands around a page finds the refusal at the request: it may have a way on.
    """
    detail = refusal.detail or str(refusal.title)
    if wants_json(request):
        return problem(request, refusal.status, refusal.code, str(refusal.title), detail=detail)
    template = "404.html" if refusal.status == HTTPStatus.NOT_FOUND else refusal.page
    request.refusal = refusal  # type: ignore[attr-defined]
    context = {"refusal": refusal, "title": str(refusal.title), "detail": detail}
    return render(request, template, context, status=refusal.status)


def problem(
    request: HttpRequest, status: int, code: str, title: str, *, detail: str = "", **more: Any
) -> JsonResponse:
    """`application/problem+json` with a stable `code` and the request's id."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
        "request_id": getattr(request, "request_id", ""),
        **more,
    }
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response
