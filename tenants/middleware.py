"""From an address and a session, or a token, to an actor; and the view inside its tenant.

It stands last: it runs the view itself, so that the transaction of `scope()` holds the whole
view and the rendering. A 404 is all that a stranger to an organisation learns of it.

Who views as another is served what was chosen for it (`shown_through_other_eyes`), in a
transaction that only reads; everything else is refused before it runs.
"""

from collections.abc import Callable
from typing import Any, Final, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext as _

from tenants.actor import Actor, Member, Viewing
from tenants.audit import record_refusal
from tenants.errors import Refused, ViewingAs
from tenants.flows.enter import enter
from tenants.flows.present import claim_in, note_use, present_token
from tenants.flows.view_as import VIEWING, through_whose_eyes
from tenants.http import answer
from tenants.scoping import read_only, scope

type View = Callable[..., HttpResponse]
READS: Final = ("GET", "HEAD")


class TenantMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "actor"):
            # What a member saw is nobody else's, on a shared machine either.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if "org" not in kwargs and not getattr(view, "asks_for_a_token", False):
            return None
        slug = kwargs.pop("org", None)
        try:
            if slug is None or request.path.startswith("/api/"):
                return serve_program(request, slug, view, args, kwargs)
            return serve_person(request, slug, view, args, kwargs)
        except Refused as refusal:
            return refuse(request, getattr(request, "actor", None), refusal)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refusals of views that have no organisation in their address."""
        return answer(request, error) if isinstance(error, Refused) else None


def serve_program(
    request: HttpRequest,
    slug: str | None,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """Its token names the tenant, so that one transaction holds the token's check and the view."""
    claim = claim_in(request)
    try:
        with scope(claim.tenant_id):
            request.actor = present_token(request, claim, slug=slug)  # type: ignore[attr-defined]
            if not getattr(view, "opens_own_scopes", False):
                return run(view, request, args, kwargs)
        return view(request, *args, **kwargs)
    finally:
        note_use(request, claim)


def serve_person(
    request: HttpRequest, slug: str, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    actor = seek_actor(request, view, slug)
    request.actor = actor  # type: ignore[attr-defined]
    if actor.viewing:
        with scope(actor.tenant_id):
            return show(actor.viewing, view, request, args, kwargs)
    if getattr(view, "opens_own_scopes", False):
        return view(request, *args, **kwargs)
    with scope(actor.tenant_id):
        return run(view, request, args, kwargs)


def seek_actor(request: HttpRequest, view: View, slug: str) -> Member:
    actor = enter(request, slug)
    if VIEWING not in request.session or getattr(view, "ends_viewing", False):
        return actor
    before = request.session[VIEWING]
    actor = through_whose_eyes(request, actor)
    if request.session[VIEWING] != before:
        messages.warning(request, _("You see the organisation through your own eyes again."))
    return actor


def show(
    viewing: Viewing,
    view: View,
    request: HttpRequest,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    """Read, in a transaction that does nothing else; then what is owed to the trail."""
    if request.method not in READS:
        raise ViewingAs(_("Nothing can be changed until you end it."))
    if not getattr(view, "shown_through_other_eyes", False):
        raise ViewingAs(_("This page isn't shown through somebody else's eyes."))
    with read_only():
        response = run(view, request, args, kwargs)
    for write in viewing.owed:
        write()
    return response


def run(
    view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    response = view(request, *args, **kwargs)
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response = cast(
            "HttpResponse", response.render()
        )  # outside, its queries would see nothing
    if response.status_code >= 500:
        transaction.set_rollback(True)
    return response


def refuse(request: HttpRequest, actor: Actor | None, refusal: Refused) -> HttpResponse:
    """Say it; and write it down, now that what was refused is rolled back."""
    if actor is None:
        return answer(request, refusal)
    with scope(actor.tenant_id):
        if refusal.recorded:
            record_refusal(actor, refusal)
        return answer(request, refusal)  # the page around it asks the tenant's rows
