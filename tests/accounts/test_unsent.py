from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts import unsent
from accounts.models import User
from tests.accounts.scene import PASSWORD

pytestmark = pytest.mark.django_db

# A page that asks for a sign-in, whatever other apps there are.
PAGE = "/account/email/"
FORM = {"name": "Minutes of May", "note": "one\ntwo <b>", "password": "hidden", "team": ["a", "b"]}


def sign_in(client: Client, going_to: str) -> HttpResponse:
    login = {"login": "alice@accounts.example", "password": PASSWORD, "next": going_to}
    return client.post(reverse("account_login"), login, follow=True)


def test_what_was_written_is_there_after_signing_in(client: Client, alice: User) -> None:
    answer = client.post(PAGE, as_form(FORM), content_type="application/x-www-form-urlencoded")
    assert answer.headers["Location"] == "/account/login/?next=/account/unsent/"
    page = sign_in(client, reverse("accounts:unsent"))
    assert page.context["unsent"].path == PAGE
    assert [list(field) for field in page.context["unsent"].fields] == [
        ["name", "Minutes of May"],
        ["note", "one\ntwo <b>"],
        ["team", "a"],
        ["team", "b"],
    ]
    assert "<b>" not in page.content.decode().split("Not sent yet")[-1]


def test_it_is_forgotten_once_sent(client: Client, alice: User) -> None:
    client.post(PAGE, "name=x", content_type="application/x-www-form-urlencoded")
    sign_in(client, "/account/unsent/")
    client.post(PAGE, "name=x", content_type="application/x-www-form-urlencoded")
    assert client.get(reverse("accounts:unsent")).headers["Location"] == "/"


def test_it_is_forgotten_after_an_hour(
    client: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(PAGE, "name=x", content_type="application/x-www-form-urlencoded")
    later = (timezone.now() + timedelta(minutes=61)).timestamp()
    monkeypatch.setattr(unsent.time, "time", lambda: later)
    assert unsent.kept(client.session) is None


def test_it_keeps_no_files_and_nothing_huge(client: Client) -> None:
    client.post(PAGE, {"name": "x"})
    client.post(PAGE, "name=" + "x" * 20_001, content_type="application/x-www-form-urlencoded")
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_a_forged_form_is_not_kept() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(PAGE, "name=x", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 403
    assert settings.SESSION_COOKIE_NAME not in strict.cookies


def test_only_the_signed_in_see_what_was_not_sent(client: Client) -> None:
    client.post(PAGE, "name=x", content_type="application/x-www-form-urlencoded")
    assert client.get(reverse("accounts:unsent")).status_code == 302


def as_form(fields: dict[str, object]) -> str:
    return urlencode(fields, doseq=True)
