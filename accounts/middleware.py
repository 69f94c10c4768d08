import re
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation

from accounts import unsent
from accounts.logs import current_request_id
from accounts.words import in_the_words_of

type Respond = Callable[[HttpRequest], HttpResponse]

WELL_FORMED: Final = re.compile(r"[A-Za-z0-9-]{16,64}")


class RequestId:
    """One id for what nginx, the log, the events and the answer say of a request.

    nginx overwrites what a client sent; without nginx a client's own is taken if it is harmless.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = id_of(request)
        request.request_id = request_id  # type: ignore[attr-defined]
        token = current_request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response["X-Request-ID"] = request_id
        return response


class InTheirOwnWords:
    """What a signed-in person reads is in their language, and times are those of their zone.

    For everybody else the language is what the browser asks for, and the zone that of the server.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with in_the_words_of(request.user):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class KeepUnsentForm:
    """A form that meets the sign-in page is shown again after signing in.

    Stands between authentication and the demand for it. Forgery is refused before.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        if not leads_to_sign_in(response):
            forget_what_was_sent(request)
        elif request.user.is_anonymous and unsent.keep(request):
            return redirect(f"{sign_in_page()}?next={reverse('accounts:unsent')}")
        return response


def id_of(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if WELL_FORMED.fullmatch(given) else uuid4().hex


def sign_in_page() -> str:
    return resolve_url(settings.LOGIN_URL)


def leads_to_sign_in(response: HttpResponse) -> bool:
    return response.headers.get("Location", "").startswith(f"{sign_in_page()}?")


def forget_what_was_sent(request: HttpRequest) -> None:
    if not request.session.session_key:
        return
    waiting = unsent.kept(request.session)
    if waiting and waiting.path == request.get_full_path():
        unsent.forget(request.session)
