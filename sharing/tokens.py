"""The tokens of links and of downloads, and the addresses that carry them."""

from typing import Final

from django.conf import settings
from django.urls import reverse

from sharing.errors import LinkUnknown
from sharing.models import DownloadSession, Link
from tenants.keys import ForgedToken, PublicToken, unseal

LINK: Final = "link"
TICKET: Final = "ticket"


def token_of(link: Link) -> str:
    return PublicToken(LINK, link.tenant_id, link.pk, link.generation).seal()


def ticket_of(session: DownloadSession) -> str:
    """Of the link's generation: a new one ends the downloads of the old."""
    generation = session.link.generation
    return PublicToken(TICKET, session.tenant_id, session.pk, generation).seal()


def address_of(link: Link) -> str:
    return settings.PUBLIC_URL + reverse("sharing:recipient", args=[token_of(link)])


def read(text: str, purpose: str) -> PublicToken:
    """Raises `LinkUnknown`, before any query."""
    try:
        return unseal(text, purpose=purpose)
    except ForgedToken as error:
        raise LinkUnknown from error
