import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.events import Event
from accounts.models import AccountEvent, Session, User
from tests.accounts.scene import PASSWORD

pytestmark = pytest.mark.django_db

NEW = {"email": "Bob@accounts.example", "name": "Bob", "password1": PASSWORD}


def sign_up(client: Client, **changes: str) -> HttpResponse:
    return client.post(reverse("account_signup"), NEW | changes)


def sign_in(client: Client, password: str = PASSWORD, **more: object) -> HttpResponse:
    login = {"login": "alice@accounts.example", "password": password}
    return client.post(reverse("account_login"), login | more)


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http://testserver(/account/\S+)", str(message.body))
    assert found
    return found[1]


def kinds(user: User) -> list[str]:
    return list(user.events.order_by("id").values_list("kind", flat=True))


def bob() -> User | None:
    return User.objects.filter(email="bob@accounts.example").first()


@pytest.fixture(autouse=True)
def _nothing_counted_yet(db: None) -> None:
    cache.clear()


def test_signing_up_verifying_signing_in_and_out(client: Client) -> None:
    assert sign_up(client).headers["Location"] == reverse("account_email_verification_sent")
    new = User.objects.get(email="bob@accounts.example")
    assert (new.email, new.name) == ("bob@accounts.example", "Bob")
    assert "_auth_user_id" not in client.session

    assert client.post(link_in(mail.outbox[0])).status_code == 302
    login = {"login": "BOB@accounts.example", "password": PASSWORD}
    Client().post(reverse("account_login"), login)
    assert Session.objects.filter(user=new).exists()

    client.post(reverse("account_login"), login)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert [kinds(new)[n] for n in (0, 1, -1)] == [
        Event.SIGNED_UP,
        Event.ADDRESS_VERIFIED,
        Event.SIGNED_OUT,
    ]


def test_a_link_in_a_mail_verifies_only_when_the_button_is_pressed(client: Client) -> None:
    sign_up(client)
    assert client.get(link_in(mail.outbox[0])).status_code == 200
    assert kinds(User.objects.get(email="bob@accounts.example")) == [Event.SIGNED_UP]


def test_nobody_signs_in_before_verifying(client: Client) -> None:
    sign_up(client)
    other = Client()
    other.post(reverse("account_login"), {"login": "bob@accounts.example", "password": PASSWORD})
    assert "_auth_user_id" not in other.session


def test_nobody_signs_up_where_that_is_closed(client: Client, settings: Settings) -> None:
    settings.STRONGROOM_OPEN_SIGNUP = False
    sign_up(client)
    assert bob() is None


@pytest.mark.parametrize("password", ["short-one", "password123", "bob@accounts.example"])
def test_it_refuses_a_password_that_is_short_common_or_the_address(
    client: Client, password: str
) -> None:
    assert sign_up(client, password1=password).status_code == 200
    assert bob() is None


def test_it_takes_a_password_of_two_hundred_characters(client: Client) -> None:
    sign_up(client, password1="ink under glass " * 13)
    new = bob()
    assert new
    assert new.check_password("ink under glass " * 13)


def test_it_answers_the_same_whether_an_address_is_taken(client: Client, alice: User) -> None:
    free = sign_up(client, email="carol@accounts.example")
    taken = sign_up(Client(), email=alice.email)
    assert (taken.status_code, taken.headers["Location"]) == (
        free.status_code,
        free.headers["Location"],
    )
    assert [message.to for message in mail.outbox] == [["carol@accounts.example"], [alice.email]]


def test_it_answers_the_same_whether_an_account_exists(alice: User) -> None:
    wrong = sign_in(Client(), "not my password")
    unknown = Client().post(
        reverse("account_login"),
        {"login": "n@accounts.example", "password": "not my password"},
    )
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_resetting_answers_the_same_whether_an_account_exists(alice: User) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in (alice.email, "nobody@accounts.example")
    ]
    assert len({(a.status_code, a.headers["Location"]) for a in answers}) == 1
    assert len(mail.outbox) == 2


def test_guesses_are_limited_across_browsers(alice: User) -> None:
    for _ in range(5):
        sign_in(Client(), "not my password")
    assert sign_in(Client()).context["form"].non_field_errors() == [
        "Too many failed login attempts. Try again later."
    ]
    assert not Session.objects.filter(user=alice).exists()


def test_guesses_from_one_address_are_limited_across_accounts(db: None) -> None:
    answers = [
        Client().post(
            reverse("account_login"),
            {"login": f"person{n}@accounts.example", "password": "not my password"},
            headers={"X-Real-IP": "203.0.113.7"},
        )
        for n in range(11)
    ]
    errors = [str(answer.context["form"].non_field_errors()) for answer in answers]
    assert [n for n, text in enumerate(errors) if "Too many" in text] == [10]


def test_it_remembers_a_failed_sign_in_with_where_it_came_from(alice: User) -> None:
    Client().post(
        reverse("account_login"),
        {"login": alice.email, "password": "not my password"},
        headers={
            "X-Real-IP": "203.0.113.7",
            "User-Agent": "Firefox" * 100,
            "X-Request-ID": "f" * 32,
        },
    )
    event = AccountEvent.objects.get(user=alice)
    assert (event.kind, event.user, event.ip) == (Event.SIGN_IN_FAILED, alice, "203.0.113.7")
    assert (len(event.user_agent), event.request_id) == (200, "f" * 32)


def test_it_remembers_guesses_at_nobody_as_nobodys(db: None) -> None:
    Client().post(reverse("account_login"), {"login": "x@accounts.example", "password": "guess"})
    assert AccountEvent.objects.latest("id").user is None


def test_changing_the_password_ends_the_other_sessions(client: Client, alice: User) -> None:
    sign_in(client)
    other = Client()
    sign_in(other)
    new = "green ink over glass"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    assert Session.objects.filter(user=alice).count() == 1
    assert client.get(reverse("account_email")).status_code == 200
    assert other.get(reverse("account_email")).status_code == 302
    assert kinds(alice)[-1] == Event.PASSWORD_CHANGED


def test_resetting_the_password_ends_every_session(client: Client, alice: User) -> None:
    sign_in(Client())
    client.post(reverse("account_reset_password"), {"email": alice.email})
    page = client.get(link_in(mail.outbox[0]), follow=True)
    new = "green ink over glass"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert not Session.objects.filter(user=alice).exists()
    assert kinds(alice)[-1] == Event.PASSWORD_RESET
    sign_in(client, new)
    assert Session.objects.filter(user=alice).exists()


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/", "http://localhost/"]
)
def test_it_sends_nobody_to_another_host(client: Client, alice: User, place: str) -> None:
    assert place not in sign_in(client, next=place).headers["Location"]


def test_it_sends_people_where_they_were_going(client: Client, alice: User) -> None:
    answer = sign_in(client, next="/account/password/change/")
    assert answer.headers["Location"] == "/account/password/change/"


def test_it_lets_nobody_be_pushed_out_by_a_link(client: Client, alice: User) -> None:
    sign_in(client)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session


def test_password_fields_help_password_managers(client: Client) -> None:
    login = client.get(reverse("account_login")).context["form"].fields
    signup = client.get(reverse("account_signup")).context["form"].fields
    assert login["password"].widget.attrs["autocomplete"] == "current-password"
    assert signup["password1"].widget.attrs["autocomplete"] == "new-password"
    assert signup["name"].widget.attrs["autocomplete"] == "name"
    assert list(signup) == ["email", "name", "password1"]
