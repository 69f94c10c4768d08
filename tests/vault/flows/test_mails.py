"""Notifications by mail: when, in which words, and how to be rid of them."""

from datetime import timedelta
from email.policy import SMTP
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from accounts.models import User
from tenants.errors import NotFound
from tenants.models import Mails, Membership, Notification, Policy
from tenants.scoping import scope
from tests.cast import Acme, found_acme, signed_in
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document, revoke_grant
from vault.flows.hear import choose_mails, organisation_behind, unsubscribe
from vault.flows.mail_notices import digest_later, mail_later, token_of
from vault.flows.news import news_of
from vault.flows.purge import warn
from vault.flows.trash import trash_document
from vault.models import Trashing


def words(acme: Acme, who: str) -> list[str]:
    return [news.words for news in news_of(getattr(acme, who))[0]]


def give(acme: Acme, who: str, role: Role = Role.READ) -> None:
    to = Principal("user", getattr(acme, who).user_id)
    grant_on_document(acme.alice, acme.contract.pk, to=to, role=role)


def test_a_mail_has_a_twin_in_html_and_a_way_out(in_acme: Acme, mailoutbox: list[Any]) -> None:
    give(in_acme, "dan")
    (mail,) = mailoutbox
    address = f"{settings.PUBLIC_URL}/o/{in_acme.slug}/d/{in_acme.contract.pk}/"
    ((html, kind),) = [(part.content, part.mimetype) for part in mail.alternatives]
    assert kind == "text/html"
    assert address in mail.body
    assert f'href="{address}"' in html
    way_out = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert way_out in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<img" not in html


@pytest.mark.parametrize(("mails", "sent"), [("off", 0), ("daily", 0), ("at-once", 1)])
def test_mails_come_as_they_were_wished(
    in_acme: Acme, mailoutbox: list[EmailMessage], mails: str, sent: int
) -> None:
    choose_mails(in_acme.dan, Mails(mails))
    give(in_acme, "dan")
    assert (len(mailoutbox), len(words(in_acme, "dan"))) == (sent, 1)


def test_those_of_a_day_come_together_and_once(acme: Acme, mailoutbox: list[EmailMessage]) -> None:
    with scope(acme.tenant_id):
        choose_mails(acme.dan, Mails.DAILY)
        for role in (Role.PREVIEW, Role.READ):
            give(acme, "dan", role)
    for _ in range(2):
        digest_later.func()
    (mail,) = mailoutbox
    assert mail.subject == "2 notifications"
    assert mail.body.count("contract.pdf") == 2


def test_a_digest_that_comes_late_holds_all_of_its_days(
    acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    with scope(acme.tenant_id):
        choose_mails(acme.dan, Mails.DAILY)
        give(acme, "dan")
    for days, told in ((2, 1), (30, 0)):
        with scope(acme.tenant_id):
            at = timezone.now() - timedelta(days=days)
            Notification.objects.update(created_at=at, mailed_at=None)
        mailoutbox.clear()
        digest_later.func()
        assert len(mailoutbox) == told


def test_a_mail_that_is_lost_does_not_come_again_and_again(
    committed: None, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    """Marked first, and committed; sent with no transaction open."""
    acme, open_ones = found_acme(), []
    mailoutbox.clear()

    def fail(_mail: EmailMessage, **_options: object) -> None:
        open_ones.append(connection.in_atomic_block)
        raise ConnectionRefusedError

    with scope(acme.tenant_id):
        choose_mails(acme.dan, Mails.DAILY)
        give(acme, "dan")
        seat = str(acme.dan.membership_id)
        waiting = [str(pk) for pk in Notification.objects.values_list("pk", flat=True)]
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", fail)
        with pytest.raises(ConnectionRefusedError):
            mail_later.func(str(acme.tenant_id), seat, waiting)
    assert open_ones == [False]
    mail_later.func(str(acme.tenant_id), seat, waiting)
    assert [mail.subject for mail in mailoutbox] == []


def test_a_mail_speaks_the_readers_zone(in_acme: Acme, mailoutbox: list[EmailMessage]) -> None:
    """A day ends later in the west."""
    User.objects.filter(pk=in_acme.bob.user_id).update(zone="Pacific/Honolulu")
    trash_document(in_acme.bob, in_acme.contract.pk)
    goes = timezone.now().replace(hour=5, minute=0) + timedelta(days=2)
    days = Policy.objects.get().trash_days
    Trashing.objects.update(at=goes - timedelta(days=days))
    warn(in_acme.tenant_id, timedelta(days=days))
    (mail,) = mailoutbox
    day = (goes - timedelta(days=1)).day
    assert f"on {day} " in mail.subject


def test_the_way_out_stands_in_a_line_that_mail_programs_read(
    in_acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    """Neither folded nor encoded, in the bytes that are sent (RFC 8058)."""
    give(in_acme, "dan")
    (mail,) = mailoutbox
    sent = mail.message(policy=SMTP).as_bytes()
    (line,) = [row for row in sent.split(b"\r\n") if row.startswith(b"List-Unsubscribe:")]
    assert line.startswith(b"List-Unsubscribe: <http")
    assert line.endswith(b"/>")


def test_the_same_told_again_within_the_hour_is_no_second_mail(
    in_acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    to = Principal("user", in_acme.dan.user_id)
    for _ in range(3):
        grant = grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.READ)
        revoke_grant(in_acme.alice, grant.pk)
    give(in_acme, "dan")
    assert len(mailoutbox) == 1
    assert len(words(in_acme, "dan")) == 4


@pytest.mark.parametrize("name", ["Ali\nce", "Ali\r\nBcc: x@evil.example", "\u202eecilA"])
def test_a_name_of_more_than_one_line_keeps_no_mail(
    acme: Acme, mailoutbox: list[EmailMessage], name: str
) -> None:
    alice = signed_in(acme.alice)
    sent = {"name": name, "language": "", "zone": "UTC", "theme": "", "density": ""}
    assert alice.post("/account/", sent).status_code == 302
    mailoutbox.clear()
    with scope(acme.tenant_id):
        give(acme, "dan")
    (mail,) = mailoutbox
    assert "Bcc" not in mail.message()
    assert not set("\n\r\x00\u202e") & set(User.objects.get(pk=acme.alice.user_id).name)


def test_the_way_out_of_the_mails_needs_no_account(acme: Acme) -> None:
    with scope(acme.tenant_id):
        token = token_of(Membership.objects.get(pk=acme.dan.membership_id))
    assert organisation_behind(token).pk == unsubscribe(token).pk == acme.tenant_id
    with scope(acme.tenant_id):
        seats = dict(Membership.objects.values_list("pk", "mails"))
    assert seats.pop(acme.dan.membership_id) == Mails.OFF
    assert set(seats.values()) == {Mails.AT_ONCE}


def test_a_forged_way_out_is_none(acme: Acme) -> None:
    with scope(acme.tenant_id):
        token = token_of(Membership.objects.get(pk=acme.dan.membership_id))
    for text in ("x", token[:-2], token[:-1] + ("A" if token[-1] != "A" else "B")):
        with pytest.raises(NotFound):
            unsubscribe(text)
