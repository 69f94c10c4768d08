"""The product's addresses, and some that try the middleware."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from settings.urls import handler400, handler403, handler404, handler500
from settings.urls import urlpatterns as product
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.http import acting, shown_through_other_eyes
from tenants.models import Policy, Team
from tenants.scoping import in_scope

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def change() -> None:
    """What each of these does before it ends as it does."""
    Policy.objects.update(link_days_default=3)


def lazy(request: HttpRequest) -> TemplateResponse:
    """Its query is sent when it is rendered, and no sooner."""
    template: Any = engines["django"].from_string("{% for t in teams %}{{ t.name }}{% endfor %}")
    return TemplateResponse(request, template, {"teams": Team.objects.all()})


def answered(request: HttpRequest, status: int) -> HttpResponse:
    change()
    return HttpResponse("said", status=status)


def refused(request: HttpRequest, code: str) -> HttpResponse:
    change()
    refusals = {"too-weak": TooWeak, "not-found": NotFound, "invalid": Invalid}
    raise refusals[code]("because", subject=None, why=code)


def refused_elsewhere(request: HttpRequest) -> HttpResponse:
    raise NotFound


def missing(request: HttpRequest) -> HttpResponse:
    change()
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    change()
    raise ZeroDivisionError


def own_scopes(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside" if in_scope() else "outside")


own_scopes.opens_own_scopes = True  # type: ignore[attr-defined]


@shown_through_other_eyes
def shown(request: HttpRequest, word: str) -> HttpResponse:
    """It says that it only reads."""
    if word == "changing":
        change()
    return HttpResponse("inside" if in_scope() else "outside")


@shown_through_other_eyes
def owing(request: HttpRequest, status: int) -> HttpResponse:
    """What it changes, it leaves for later."""
    if viewing := acting(request).viewing:
        viewing.owed.append(change)
    return HttpResponse("said", status=status)


shown.opens_own_scopes = True  # type: ignore[attr-defined]

urlpatterns = [
    path("o/<slug:org>/try/lazy", lazy),
    path("o/<slug:org>/try/answered/<int:status>", answered),
    path("o/<slug:org>/try/refused/<slug:code>", refused),
    path("o/<slug:org>/try/missing", missing),
    path("o/<slug:org>/try/broken", broken),
    path("o/<slug:org>/try/own-scopes", own_scopes),
    path("o/<slug:org>/try/shown/<slug:word>", shown),
    path("o/<slug:org>/try/owing/<int:status>", owing),
    path("try/refused", refused_elsewhere),
    *product,
]
