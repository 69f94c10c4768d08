import pytest
from django.test import Client
from django.urls import reverse

from accounts.flows.open_account import open_account, password_path
from accounts.models import Session

pytestmark = pytest.mark.django_db


def test_a_path_sets_the_password_of_a_new_account_once(client: Client) -> None:
    bob = open_account("Bob@accounts.example", name="Bob")
    path = password_path(bob)
    page = client.get(path, follow=True).request["PATH_INFO"]
    new = "green ink over glass"
    client.post(page, {"password1": new, "password2": new})
    bob.refresh_from_db()
    assert bob.check_password(new)
    assert Client().get(path).context["token_fail"]


def test_the_address_needs_no_more_confirming(client: Client) -> None:
    bob = open_account("bob@accounts.example", password="green ink over glass")
    client.post(reverse("account_login"), {"login": bob.email, "password": "green ink over glass"})
    assert Session.objects.filter(user=bob).exists()
