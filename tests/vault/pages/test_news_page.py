"""Notifications: read by looking, and the way out of their mails without an account."""

from django.test import Client

from tenants.models import Mails, Membership, Notification
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document
from vault.flows.mail_notices import token_of


def tell_dan(acme: Acme) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)


def unread(acme: Acme) -> int:
    with scope(acme.tenant_id):
        return Notification.objects.filter(user=acme.dan.user_id, read_at__isnull=True).count()


def way_out(acme: Acme) -> str:
    with scope(acme.tenant_id):
        token = token_of(Membership.objects.get(pk=acme.dan.membership_id))
    return f"/unsubscribe/{token}/"


def mails_of_dan(acme: Acme) -> str:
    with scope(acme.tenant_id):
        return Membership.objects.get(pk=acme.dan.membership_id).mails


def test_whoever_looks_has_read_and_whoever_asks_for_the_head_has_not(acme: Acme) -> None:
    tell_dan(acme)
    dan, address = signed_in(acme.dan), f"/o/{acme.slug}/news/"
    assert dan.head(address).status_code == 200
    assert unread(acme) == 1
    page = dan.get(address).content.decode()
    assert "Alice gave you access to “contract.pdf”" in page
    assert unread(acme) == 0


def test_opening_the_way_out_changes_nothing(acme: Acme) -> None:
    """Mail scanners open every address there is."""
    answer = Client().get(way_out(acme))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert mails_of_dan(acme) == Mails.AT_ONCE


def test_a_mail_program_ends_the_mails_with_one_click(acme: Acme) -> None:
    """RFC 8058: it posts this body, and has neither a session nor a token against forgery."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(way_out(acme), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert mails_of_dan(acme) == Mails.OFF
    assert not client.cookies


def test_a_forged_way_out_leads_nowhere(acme: Acme) -> None:
    address = way_out(acme)
    for forged in (address[:-3] + "AA/", "/unsubscribe/x/"):
        assert Client().post(forged).status_code == 404
    assert mails_of_dan(acme) == Mails.AT_ONCE


def test_what_is_chosen_holds_and_anything_else_changes_nothing(acme: Acme) -> None:
    dan, address = signed_in(acme.dan), f"/o/{acme.slug}/news/mails/"
    for word, kept in (("daily", "daily"), ("hourly", "daily"), ("off", "off")):
        assert dan.post(address, {"mails": word}).status_code == 302
        assert mails_of_dan(acme) == kept
