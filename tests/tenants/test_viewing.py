"""What the middleware keeps while somebody views as another: nothing is written by a page."""

import pytest
from django.db import DatabaseError
from django.http.response import HttpResponseBase
from django.test import Client

from tenants.models import Policy
from tenants.scoping import read_only, scope
from tests.cast import Acme, found_acme
from tests.factories import body
from tests.vault.viewing import viewing_as

pytestmark = pytest.mark.urls("tests.tenants.urls")
UNCHANGED, CHANGED = 7, 3  # days of a link, before and after what a page of the trial does


@pytest.fixture
def ours(committed: None) -> Acme:
    """Committed: a page has a transaction of its own there, as in life."""
    return found_acme()


@pytest.fixture
def client(ours: Acme) -> Client:
    return viewing_as(ours, ours.carol)


def ask(client: Client, acme: Acme, path: str) -> HttpResponseBase:
    answer: HttpResponseBase = client.get(f"/o/{acme.slug}/try/{path}")
    return answer


def days(acme: Acme) -> int:
    with scope(acme.tenant_id):
        return Policy.objects.get().link_days_default


def test_a_page_that_changes_something_after_all_is_stopped_by_the_database(
    ours: Acme, client: Client
) -> None:
    with pytest.raises(DatabaseError, match="read-only transaction"):
        ask(client, ours, "shown/changing")
    assert days(ours) == UNCHANGED


def test_a_page_that_opens_its_own_scopes_is_made_inside(ours: Acme, client: Client) -> None:
    assert body(ask(client, ours, "shown/reading")) == b"inside"


def test_what_a_page_does_not_say_is_refused_before_it_runs(ours: Acme, client: Client) -> None:
    assert ask(client, ours, "answered/200").status_code == 403
    assert days(ours) == UNCHANGED


@pytest.mark.parametrize("status", [200, 404])
def test_what_a_page_owes_is_written_after_it(ours: Acme, client: Client, status: int) -> None:
    assert ask(client, ours, f"owing/{status}").status_code == status
    assert days(ours) == CHANGED


def test_only_a_part_of_the_transaction_is_bound(in_acme: Acme) -> None:
    with pytest.raises(DatabaseError, match="read-only transaction"), read_only():
        Policy.objects.update(link_days_default=CHANGED)
    assert days(in_acme) == UNCHANGED
    with read_only():
        assert Policy.objects.count() == 1
    Policy.objects.update(link_days_default=CHANGED)
    assert days(in_acme) == CHANGED
