"""A link is opened, and a download begins. Opening the page changes nothing; a POST does."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import F
from django.utils import timezone

from sharing.errors import LinkEnded, LinkRevoked, LinkUnavailable, LinkUnknown
from sharing.events import Event
from sharing.models import DownloadSession, Link
from sharing.rules import Judgement, LinkTerms, judge
from sharing.tokens import LINK, TICKET, read
from tenants.actor import LinkHolder, Trace, member_of
from tenants.audit import record
from tenants.keys import PublicToken
from tenants.models import Membership, Organisation
from tenants.scoping import scope
from vault.access import Role
from vault.flows.download import permit_of
from vault.gateway.permit import DownloadPermit
from vault.models import SERVED, Document, Version, place_of
from vault.rights.fetching import whole
from vault.rights.keyrings import keyring_of

TICKET_LASTS: Final = timedelta(hours=24)
REFUSALS: Final = {
    Judgement.UNKNOWN: LinkUnknown,
    Judgement.REVOKED: LinkRevoked,
    Judgement.ENDED: LinkEnded,
    Judgement.UNAVAILABLE: LinkUnavailable,
}


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that is good now, with what it serves."""

    link: Link
    document: Document
    version: Version
    organisation: Organisation


def open_link(text: str) -> OpenLink:
    """What a holder sees. Raises `LinkUnknown`, `LinkEnded`, `LinkRevoked`, `LinkUnavailable`."""
    token = read(text, LINK)
    with scope(token.tenant_id):
        return usable(token)


def begin_download(text: str, *, trace: Trace) -> DownloadSession:
    """One use of a link: its session, whose ticket serves the bytes."""
    token = read(text, LINK)
    with scope(token.tenant_id):
        opened = usable(token)
        session = DownloadSession.objects.create(
            tenant_id=token.tenant_id,
            link=opened.link,
            version=opened.version,
            expires_at=timezone.now() + TICKET_LASTS,
        )
        Link.objects.filter(pk=opened.link.pk).update(downloads=F("downloads") + 1)
        actor = LinkHolder(token.tenant_id, opened.link.pk, session=str(session.pk), trace=trace)
        record(
            actor,
            Event.LINK_DOWNLOADED,
            opened.document,
            link=opened.link.pk,
            session=session.pk,
            version=opened.version.number,
        )
        return session


def present_ticket(text: str, *, trace: Trace) -> DownloadPermit:
    """The bytes of a download that began: the link is judged anew, for every range."""
    ticket = read(text, TICKET)
    with scope(ticket.tenant_id):
        session = (
            DownloadSession.objects.filter(pk=ticket.object_id).select_related("link").first()
        )
        if session is None:
            raise LinkUnknown
        if session.expires_at <= timezone.now():
            raise LinkEnded
        link = session.link
        opened = usable(PublicToken(LINK, ticket.tenant_id, link.pk, ticket.generation))
        version = Version.objects.select_related("blob").get(pk=session.version_id)
        if version.blob.state not in SERVED:
            raise LinkUnavailable
        actor = LinkHolder(ticket.tenant_id, link.pk, session=str(session.pk), trace=trace)
        return permit_of(actor, opened.document, version, download=str(session.pk))


def usable(token: PublicToken) -> OpenLink:
    link = (
        Link.objects.filter(pk=token.object_id).select_related("issuer", "version__blob").first()
    )
    if link is None:
        raise LinkUnknown
    document = whole(Document.objects.filter(pk=link.document_id)).first()
    if document is None:
        raise LinkUnavailable  # thrown away, and perhaps soon back
    version = link.version or document.current
    terms = LinkTerms(
        generation=link.generation,
        expires_at=link.expires_at,
        is_revoked=link.revoked_at is not None,
        issuer_may=issuer_may(link, document),
        is_served=version is not None and version.blob.state in SERVED,
    )
    judgement = judge(terms, generation=token.generation, now=timezone.now())
    if judgement is not Judgement.USABLE:
        raise REFUSALS[judgement]
    assert version is not None
    organisation = Organisation.objects.get(pk=token.tenant_id)
    if organisation.state != Organisation.State.ACTIVE:
        raise LinkUnavailable
    return OpenLink(link, document, version, organisation)


def issuer_may(link: Link, document: Document) -> bool:
    """A link passes on what its maker may do now: a right that ended takes the link with it."""
    seat = Membership.objects.filter(user_id=link.issuer_id, user__is_active=True).first()
    if seat is None:
        return False
    keyring = keyring_of(member_of(seat))
    role = keyring.role_on(
        document.pk, place_of(document.folder_id), restricted=document.restricted
    )
    return role >= Role.EDIT
