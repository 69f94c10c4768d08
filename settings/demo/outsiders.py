"""Who is not of Acme and may see one thing: Dan, a guest, and whoever got a link."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from settings.demo.filing import called
from settings.demo.people import Acme
from sharing.flows.create import Terms, create_link, revoke_link
from sharing.flows.redeem import begin_download
from sharing.models import Link
from sharing.tokens import token_of
from tenants.actor import Member, Trace
from tenants.scoping import scope
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document

LEASE: Final = "Lease 12 Harbour Street.pdf"
FROM_OUTSIDE: Final = Trace(ip="203.0.113.24", user_agent="Mozilla/5.0")


@dataclass(frozen=True, slots=True)
class Sent:
    """A link that is good for some days yet, and how often it was used."""

    document: str
    label: str
    days: int
    downloads: int = 0


BY_BOB: Final = (
    Sent("2026-09 Tidewick Energy TE-21925.pdf", "Tidewick, about the meter", 2),
    Sent("2026-08 Northwind Paper NP-0043.pdf", "Tax adviser", 21, downloads=1),
)
BY_ALICE: Final = (
    Sent("Insurance of the office 2026.pdf", "Broker at Gullstone", 60, downloads=1),
    Sent(LEASE, "Surveyor, to measure the floor", 12),
    Sent(LEASE, "Solicitor of Marrowgate Estates", 30, downloads=2),
)


def let_in(acme: Acme) -> None:
    with scope(acme.alice.tenant_id):
        dan = Principal("user", acme.dan.user_id)
        until = timezone.now() + timedelta(days=30)
        grant_on_document(acme.alice, called(LEASE).pk, to=dan, role=Role.READ, until=until)
        end_one(acme.alice)
        take_one_back(acme.alice)
    for actor, links in ((acme.bob, BY_BOB), (acme.alice, BY_ALICE)):
        for sent in links:
            send(actor, sent)


def send(actor: Member, sent: Sent) -> None:
    with scope(actor.tenant_id):
        until = timezone.now() + timedelta(days=sent.days)
        terms = Terms(expires_at=until, label=sent.label)
        link = create_link(actor, called(sent.document).pk, terms=terms)
    for _ in range(sent.downloads):
        begin_download(token_of(link), trace=FROM_OUTSIDE)


def end_one(actor: Member) -> None:
    """It was made three weeks ago, for two: nothing can be made that has ended."""
    terms = Terms(label="Marrowgate Estates, draft of June", pinned=True)
    link = create_link(actor, called(LEASE).pk, terms=terms)
    made = timezone.now() - timedelta(weeks=3)
    over = {"created_at": made, "expires_at": made + timedelta(weeks=2)}
    Link.objects.filter(pk=link.pk).update(**over)


def take_one_back(actor: Member) -> None:
    link = create_link(actor, called(LEASE).pk, terms=Terms(label="Sent to the wrong address"))
    revoke_link(actor, link.pk)
