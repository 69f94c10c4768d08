"""The API, version 1: the apps' routers put together, with one description of all."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer
from pydantic import TypeAdapter

import sharing.api
import tenants.api
import vault.api.bulk
import vault.api.documents
import vault.api.explaining
import vault.api.folders
import vault.api.grants
import vault.api.organisation
import vault.api.people
import vault.api.reach
import vault.api.requests
import vault.api.teams
import vault.api.trash
from settings.reference.operations import sections
from settings.reference.rows import Section
from tenants.http import problem

BASE = "/api/v1/o/{org}"
# They move or remove bytes, so they open short scopes of their own.
MOVES_BYTES = {"upload", "content", "versions", "version-content", "purge"}
REFUSALS = (400, 401, 403, 404, 405, 409, 411, 413, 422, 429, 503)
PROBLEM = {
    "type": "object",
    "required": ["title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
    },
}


class Json(BaseRenderer):
    """By pydantic: quicker than Django's encoder, which cuts times to milliseconds."""

    media_type = "application/json"
    anything = TypeAdapter(Any)

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return self.anything.dump_json(data)


def made(namespace: str) -> NinjaAPI:
    api = NinjaAPI(
        title="Strongroom",
        version="1",
        urls_namespace=namespace,
        renderer=Json(),
        docs_url=None,
        openapi_url=None,
    )
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(HttpError, refused)
    api.add_exception_handler(Http404, missing)
    return api


def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    fields = [
        {"field": ".".join(map(str, field["loc"][1:])), "message": field["msg"]}
        for field in error.errors
    ]
    title = _("Something in the request isn't right")
    detail = "; ".join(f"{field['field']}: {field['message']}" for field in fields)
    return problem(request, 422, "invalid", title, detail=detail, fields=fields)


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, error.status_code, "bad_request", str(error))


def missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, HTTPStatus.NOT_FOUND, "not_found", _("There's nothing here"))


account_api = made("account-api")
account_api.add_router("", tenants.api.account_router)
organisation_api = made("api")
for router in (
    vault.api.organisation.router,
    vault.api.folders.router,
    vault.api.documents.router,
    vault.api.grants.router,
    vault.api.explaining.router,
    vault.api.reach.router,
    vault.api.teams.router,
    vault.api.requests.router,
    vault.api.trash.router,
    vault.api.bulk.router,
    vault.api.people.router,
    sharing.api.router,
    tenants.api.router,
):
    organisation_api.add_router("", router)


def doors(api: NinjaAPI) -> Any:
    """The API's URLs. Tokens open them, not sessions: the tenant middleware asks."""
    patterns, app, namespace = api.urls
    urls: list[Any] = list(patterns)
    for pattern in urls:
        pattern.callback.login_required = False
        pattern.callback.asks_for_a_token = True  # without an organisation in the address, too
        pattern.callback.opens_own_scopes = pattern.name in MOVES_BYTES
    return urls, app, namespace


account_urls, organisation_urls = doors(account_api), doors(organisation_api)


@login_not_required
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    return JsonResponse(described())


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description to read and, with JavaScript, to try out."""
    base = f"{settings.PUBLIC_URL}/api/v1"
    return render(request, "api/docs.html", {"base": base, "sections": shown()})


@cache
def shown() -> tuple[Section, ...]:
    return sections(described(), origin=settings.PUBLIC_URL)


@cache
def described() -> dict[str, Any]:
    """OpenAPI 3.1 of both parts, with the organisation's slug and every refusal in it."""
    whole: dict[str, Any] = dict(organisation_api.get_openapi_schema(path_prefix=BASE))
    mine = account_api.get_openapi_schema(path_prefix="/api/v1")
    slug = {"name": "org", "in": "path", "required": True, "schema": {"type": "string"}}
    for path in whole["paths"].values():
        path["parameters"] = [slug]
    whole["paths"] = {**mine["paths"], **whole["paths"]}
    whole["components"]["schemas"] |= {**mine["components"]["schemas"], "Problem": PROBLEM}
    whole["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    whole["security"] = [{"token": []}]
    for path in whole["paths"].values():
        for operation in (part for part in path.values() if isinstance(part, dict)):
            tell_refusals(operation)
    return whole


def tell_refusals(operation: dict[str, Any]) -> None:
    reference = {"$ref": "#/components/schemas/Problem"}
    for status in REFUSALS:
        operation["responses"].setdefault(
            status,
            {
                "description": HTTPStatus(status).phrase,
                "content": {"application/problem+json": {"schema": reference}},
            },
        )
