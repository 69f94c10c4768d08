"""A link, and somebody outside who holds it."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.test import Client

from sharing.flows.create import Terms, create_link
from sharing.models import DownloadSession, Link
from sharing.tokens import token_of
from tenants.actor import Member
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf

CONTENT = pdf("contract.pdf")


def link_to(acme: Acme, *, by: Member | None = None, **terms: Any) -> Link:
    with scope(acme.tenant_id):
        return create_link(by or acme.bob, acme.contract.pk, terms=Terms(**terms))


def let_end(link: Link) -> None:
    """As if it had been made a year ago."""
    year = timedelta(days=365)
    with scope(link.tenant_id):
        Link.objects.filter(pk=link.pk).update(
            created_at=F("created_at") - year, expires_at=F("expires_at") - year
        )


def as_stored(link: Link) -> Link:
    with scope(link.tenant_id):
        return Link.objects.get(pk=link.pk)


def sessions(link: Link) -> int:
    with scope(link.tenant_id):
        return DownloadSession.objects.filter(link=link).count()


class Holder:
    """Somebody with a link and without an account; checks for forgery are on."""

    def __init__(self, link: Link, *, token: str = "", json: bool = False) -> None:
        headers = {"accept": "application/json"} if json else {}
        self.client = Client(enforce_csrf_checks=True, headers=headers)
        self.page = f"/s/{token or token_of(link)}/"

    def open(self, method: str = "get") -> Any:
        return getattr(self.client, method)(self.page)

    def begin(self) -> Any:
        return self.client.post(f"{self.page}download")

    def ticket(self) -> str:
        """The address of the bytes, after a download has begun."""
        response = self.begin()
        assert response.status_code == 303
        return str(response["Location"])

    def fetch(self, ticket: str, **headers: str) -> Any:
        return self.client.get(ticket, headers=headers)
