"""Notifications by mail: one at once, or those of a day together.

A mail is made when it is sent, from the rights of that moment: what was taken back meanwhile is
not named in it.
"""

from collections.abc import Sequence
from datetime import timedelta
from email.policy import Policy, default
from email.utils import formataddr, parseaddr
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.words import in_the_words_of
from tenants.actor import member_of
from tenants.keys import PublicToken
from tenants.models import Mails, Membership, Notification, Organisation
from tenants.scoping import scope
from vault.flows.news import News
from vault.flows.news import told as in_words
from vault.models import Folder
from vault.rights.keyrings import keyring_of

UNSUBSCRIBE: Final = "unsubscribe"
LONGEST_LINE: Final = 998  # RFC 5322, 2.1.1
OLDEST: Final = timedelta(days=3)  # a digest that came late still has all of its days


class Mail(EmailMultiAlternatives):
    """Its long addresses stand in one line: folded and encoded, no mail program finds them."""

    def message(self, *, policy: "Policy[Any] | None" = None) -> Any:
        return super().message(policy=(policy or default).clone(max_line_length=LONGEST_LINE))


@task
def mail_later(tenant: str, membership: str, notifications: list[str]) -> None:
    """Marked as sent first, and that is committed: a mail that is lost is better than one that
    comes again and again. No transaction is open while it is sent.
    """
    with scope(UUID(tenant)):
        mail = claim(membership, notifications)
    if mail is not None:
        mail.send()


@task
def digest_later() -> None:
    """Once a day, to those who want their mails together: what they have not yet read."""
    for tenant in Organisation.objects.values_list("pk", flat=True):
        with scope(tenant):
            seats = list(Membership.objects.filter(mails=Mails.DAILY).values_list("pk", "user_id"))
            waiting = Notification.objects.filter(
                mailed_at__isnull=True,
                read_at__isnull=True,
                created_at__gt=timezone.now() - OLDEST,
            )
            by_reader: dict[UUID, list[str]] = {}
            for reader, pk in waiting.order_by("created_at").values_list("user_id", "pk"):
                by_reader.setdefault(reader, []).append(str(pk))
            for seat, reader in seats:
                if reader in by_reader:
                    mail_later.enqueue(str(tenant), str(seat), by_reader[reader])


def claim(membership: str, notifications: Sequence[str]) -> EmailMultiAlternatives | None:
    """The mail that is still to be sent, if any: nobody else will send it after this commits."""
    seat = Membership.objects.filter(pk=membership).select_related("user", "tenant").first()
    if seat is None or seat.mails == Mails.OFF or not seat.user.is_active:
        return None
    waiting = Notification.objects.filter(pk__in=notifications, mailed_at__isnull=True)
    told = list(waiting.select_related("actor").select_for_update(of=("self",)))
    if not told:
        return None
    waiting.update(mailed_at=timezone.now())
    with in_the_words_of(seat.user):
        return compose(seat, in_words(keyring_of(member_of(seat)), told))


def compose(seat: Membership, news: Sequence[News]) -> EmailMultiAlternatives:
    first = news[0]
    leave = settings.PUBLIC_URL + reverse("vault:unsubscribe", args=[token_of(seat)])
    context = {
        "news": [{"words": one.words, "url": address_of(seat, one)} for one in news],
        "organisation": seat.tenant.name,
        "list_url": settings.PUBLIC_URL + reverse("vault:news", args=[seat.tenant.slug]),
        "unsubscribe_url": leave,
    }
    mail = Mail(
        subject=subject_of(news),
        body=render_to_string("emails/news.txt", context),
        from_email=sender_of(seat, first.notification),
        to=[seat.user.email],
        headers={
            "List-Unsubscribe": f"<{leave}>",  # RFC 2369, and with one click: RFC 8058
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    doer = first.notification.actor
    if doer is not None and len(news) == 1:
        mail.reply_to = [doer.email]
    mail.attach_alternative(render_to_string("emails/news.html", context), "text/html")
    return mail


def subject_of(news: Sequence[News]) -> str:
    if len(news) == 1:
        return " ".join(news[0].words.split())
    return ngettext("%(n)s notification", "%(n)s notifications", len(news)) % {"n": len(news)}


def sender_of(seat: Membership, notification: Notification) -> str:
    """`Bob Chen at Acme via Strongroom`, from the installation's own address."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    who = str(notification.actor) if notification.actor else ""
    words = (
        _("%(person)s at %(organisation)s via Strongroom")
        if who
        else _("%(organisation)s via Strongroom")
    )
    said = words % {"person": who, "organisation": seat.tenant.name}
    return formataddr((" ".join(said.split()), address))


def address_of(seat: Membership, news: News) -> str:
    """The thing itself, or the list where it can't be seen; a request, where it stands."""
    org, node = seat.tenant.slug, news.node
    if news.is_of_requests:
        return settings.PUBLIC_URL + reverse("vault:requests", args=[org])
    if news.job is not None:
        return settings.PUBLIC_URL + reverse("vault:job", args=[org, news.job])
    if news.is_of_many:
        return settings.PUBLIC_URL + reverse("vault:shared", args=[org])
    if node is None:
        return settings.PUBLIC_URL + reverse("vault:news", args=[org])
    view = "vault:folder" if isinstance(node, Folder) else "vault:document"
    return settings.PUBLIC_URL + reverse(view, args=[org, node.pk])


def token_of(seat: Membership) -> str:
    return PublicToken(UNSUBSCRIBE, seat.tenant_id, seat.pk).seal()
