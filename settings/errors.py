"""Errors that no view answered: a page for people, a problem (RFC 9457) for programs."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from tenants.http import problem, wants_json

PROBLEM: Final = "application/problem+json"
CODES: Final = {405: "method_not_allowed", 416: "range"}


class ProblemsOfTheApi:
    """Whatever refuses a call of the API, before or beside our own code, says so as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        status = response.status_code
        if not request.path.startswith("/api/v1/") or status < HTTPStatus.BAD_REQUEST:
            return response
        if response.headers.get("Content-Type", "").startswith(PROBLEM) or response.streaming:
            return response
        code = CODES.get(status, "bad_request")
        told = problem(request, status, code, HTTPStatus(status).phrase)
        # In the same answer, for its headers say more: what is allowed, how long the bytes are.
        response.content = told.content
        response["Content-Type"] = told["Content-Type"]
        response["Content-Length"] = str(len(told.content))
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return say(request, 400, "bad_request", _("The request can't be read"))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return say(request, 403, "forbidden", _("This isn't allowed"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return say(request, 404, "not_found", _("There's nothing here"))


def server_error(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return problem(request, 500, "server_error", _("Something went wrong on our side"))
    # No context processors: they ask the database, which may be what is away.
    page = loader.get_template("500.html").render(
        {"request_id": getattr(request, "request_id", "")}
    )
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if wants_json(request):
        return problem(request, 403, "csrf", _("The form is too old. Please reload the page"))
    return render(request, "403_csrf.html", status=403)


def say(request: HttpRequest, status: int, code: str, title: str) -> HttpResponse:
    if wants_json(request):
        return problem(request, status, code, title)
    return render(request, f"{status}.html", {"title": title}, status=status)
