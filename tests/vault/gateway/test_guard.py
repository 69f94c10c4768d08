"""nginx serves what the header names, whatever the status: so only the gateway may set it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from tests.vault.gateway.scene import permit_for
from vault.gateway.guard import GatewayGuard
from vault.gateway.respond import respond

FILE = "/_files/a"


def guarded(method: str, response: HttpResponse) -> HttpResponse:
    return GatewayGuard(lambda _: response)(RequestFactory().generic(method, "/"))


def from_the_gateway(settings: Settings) -> HttpResponse:
    settings.GATEWAY = "nginx"
    response = respond(RequestFactory().get("/"), permit_for(b"the bytes"))
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_the_gateway_answers_passes(settings: Settings, method: str) -> None:
    answer = guarded(method, from_the_gateway(settings))
    assert answer["X-Accel-Redirect"].startswith("/_files/")


@pytest.mark.parametrize("status", [201, 206, 301, 302, 304, 400, 401, 403, 404, 410, 416, 500])
def test_another_status_loses_the_file(settings: Settings, status: int) -> None:
    response = from_the_gateway(settings)
    response.status_code = status
    assert "X-Accel-Redirect" not in guarded("GET", response).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_loses_the_file(settings: Settings, method: str) -> None:
    assert "X-Accel-Redirect" not in guarded(method, from_the_gateway(settings)).headers


@pytest.mark.parametrize(
    "header",
    ["X-Accel-Redirect", "x-accel-redirect", "X-ACCEL-REDIRECT", "X-Accel-Buffering", "X-Accel-X"],
)
@pytest.mark.parametrize("status", [200, 403])
def test_a_view_cannot_name_a_file_by_itself(header: str, status: int) -> None:
    response = HttpResponse("page", status=status, headers={header: FILE, "X-Other": "stays"})
    answer = guarded("GET", response)
    assert header not in answer.headers
    assert answer["X-Other"] == "stays"
    assert answer.content == b"page"


def test_the_guard_stands_around_every_view(settings: Settings) -> None:
    """Outside of all that could answer in the gateway's stead."""
    guard = settings.MIDDLEWARE.index("vault.gateway.guard.GatewayGuard")
    for inner in ("SessionMiddleware", "CsrfViewMiddleware", "TenantMiddleware"):
        assert guard < next(n for n, m in enumerate(settings.MIDDLEWARE) if m.endswith(inner))


def test_the_guard_looks_at_the_request_only_after_the_answer() -> None:
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    request = RequestFactory().get("/")
    GatewayGuard(view)(request)
    assert seen == [request]
