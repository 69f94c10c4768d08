"""Make a link, and turn it off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharing.errors import LinkTooLong
from sharing.events import Event
from sharing.models import Link
from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid, NotFound
from tenants.models import Policy
from vault.access import Role
from vault.rights.fetching import HeldDocument, fetch_document


@dataclass(frozen=True, slots=True)
class Terms:
    """What a maker chose. Without an end, the organisation's usual one."""

    expires_at: datetime | None = None
    label: str = ""
    pinned: bool = False  # to the version of now, or always the newest


@transaction.atomic
def create_link(actor: Member, document_id: UUID, *, terms: Terms) -> Link:
    """Raises `NotFound`, `TooWeak`, `Invalid`, `LinkTooLong`."""
    held = fetch_document(actor, document_id, at_least=Role.EDIT)
    expires_at = end_of(terms)
    link = Link.objects.create(
        tenant_id=actor.tenant_id,
        document=held.document,
        version=held.document.current if terms.pinned else None,
        issuer_id=actor.user_id,
        label=terms.label,
        expires_at=expires_at,
    )
    record(actor, Event.LINK_CREATED, link, document=held.document.pk, expires_at=expires_at)
    return link


@transaction.atomic
def revoke_link(actor: Member, link_id: UUID) -> Link:
    """By whoever may make links to the document. The very next request with it is refused."""
    link, _held = fetch_link(actor, link_id)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record(actor, Event.LINK_REVOKED, link, document=link.document_id)
    return link


def fetch_link(actor: Member, link_id: UUID) -> tuple[Link, HeldDocument]:
    """A link, for whoever may edit its document. Raises `NotFound`, `TooWeak`."""
    link = Link.objects.filter(pk=link_id).select_related("issuer").first()
    if link is None:
        raise NotFound
    return link, fetch_document(actor, link.document_id, at_least=Role.EDIT)


def links_of(held: HeldDocument) -> list[Link]:
    """Of one document, the newest first."""
    links = Link.objects.filter(document=held.document).select_related("issuer")
    return list(links.order_by("-created_at", "-id"))


def end_of(terms: Terms) -> datetime:
    policy, now = Policy.objects.get(), timezone.now()
    latest = now + timedelta(days=policy.link_days_max)
    if terms.expires_at is None:
        return now + timedelta(days=policy.link_days_default)
    if terms.expires_at <= now:
        raise Invalid(_("The end lies in the past."))
    if terms.expires_at > latest + timedelta(days=1):
        raise LinkTooLong(limit_words(policy))
    return terms.expires_at


def limit_words(policy: Policy) -> str:
    """What the organisation allows, and that it was they who said so."""
    days = policy.link_days_max
    return ngettext(
        "Links end within %(n)s day: set by your organisation.",
        "Links end within %(n)s days: set by your organisation.",
        days,
    ) % {"n": days}
