"""A person's own name, language, zone and looks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.flows.personalise import personalise
from accounts.models import User
from accounts.words import in_the_words_of

CHOSEN = {
    "name": " Alice Ortiz ",
    "language": "de",
    "zone": "Asia/Tokyo",
    "theme": "dark",
    "density": "compact",
}


@pytest.fixture
def client(alice: User) -> Client:
    client = Client()
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client) -> str:
    response = client.get(reverse("accounts:profile"))
    assert response.status_code == 200
    return str(response.content.decode())


def send(client: Client, **changed: Any) -> Any:
    return client.post(reverse("accounts:profile"), {**CHOSEN, **changed})


def test_what_is_chosen_is_kept(client: Client, alice: User) -> None:
    assert send(client).headers["Location"] == reverse("accounts:profile")
    alice.refresh_from_db()
    assert (alice.name, alice.language, alice.zone) == ("Alice Ortiz", "de", "Asia/Tokyo")
    assert (alice.theme, alice.density, alice.shortcuts) == ("dark", "compact", False)


def test_every_page_is_as_it_was_chosen(client: Client) -> None:
    assert '<html lang="en-gb" dir="ltr">' in page(client)
    send(client)
    tag = (
        '<html lang="de" dir="ltr" data-theme="dark" data-density="compact" data-shortcuts="off">'
    )
    assert tag in page(client)


def test_the_answer_names_its_language(client: Client) -> None:
    send(client, language="ar")
    response = client.get(reverse("accounts:profile"), headers={"Accept-Language": "fr"})
    assert response.headers["Content-Language"] == "ar"
    assert 'dir="rtl"' in response.content.decode()


def test_who_chose_none_gets_the_browsers_language(client: Client) -> None:
    response = client.get(reverse("accounts:profile"), headers={"Accept-Language": "fr"})
    assert response.headers["Content-Language"] == "fr"


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Base"},
        {"zone": ""},
        {"language": "tlh"},
        {"theme": "pink"},
        {"density": "solid"},
        {"name": "x" * 151},
    ],
)
def test_what_is_not_offered_is_refused_and_nothing_kept(
    client: Client, alice: User, wrong: dict[str, str]
) -> None:
    response = send(client, **wrong)
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    alice.refresh_from_db()
    assert (alice.name, alice.zone, alice.theme) == ("Alice", "UTC", "")


def test_the_rest_of_a_person_stays_as_it_is(alice: User) -> None:
    personalise(alice, {"email": "mallory@accounts.example", "is_staff": True, "theme": "light"})
    alice.refresh_from_db()
    assert (alice.email, alice.is_staff) == ("alice@accounts.example", False)
    assert alice.theme == "light"


def test_times_are_told_in_their_zone_and_nobody_elses_after(alice: User) -> None:
    before = timezone.get_current_timezone_name(), translation.get_language()
    alice.zone, alice.language = "Asia/Tokyo", "de"
    with in_the_words_of(alice):
        assert timezone.get_current_timezone_name() == "Asia/Tokyo"
        assert translation.get_language() == "de"
    assert (timezone.get_current_timezone_name(), translation.get_language()) == before
