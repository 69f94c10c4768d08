"""Deciding what somebody asked for: approve, perhaps for some days, or decline."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.actor import Member, member_of
from tenants.audit import record
from tenants.errors import Invalid, NotFound
from tenants.models import Membership, MembershipRole
from vault.access import Role
from vault.errors import AlreadyDecided
from vault.events import Event
from vault.flows.ask import checked
from vault.flows.grant import Giving, Principal, put_key
from vault.flows.notify import notify
from vault.models import AccessRequest, RequestState
from vault.notices import Notice
from vault.rights.fetching import Held, fetch_document, fetch_folder, role_held
from vault.rights.keyrings import keyring_of
from vault.rights.writing import lock_keys, table_for

MOST_DAYS: Final = 366


@transaction.atomic
def approve(
    actor: Member, request_id: UUID, *, role: Role | None = None, days: int | None = None
) -> AccessRequest:
    """Give what was asked for, or another role; with `days`, until so many have gone.

    Who holds as much by now keeps what they hold. Raises `NotFound`, `TooWeak`, `Invalid`,
    `AlreadyDecided`.
    """
    lock_keys(fetch_request(actor, request_id)[0].node)
    asked, held = fetch_request(actor, request_id)  # as it is now that nobody else changes it
    role = role or asked.wanted
    is_needed = role_held(keyring_of(asker_of(asked)), held) < role
    until = timezone.now() + timedelta(days=days) if days and is_needed else None
    close(actor, asked, RequestState.APPROVED, role=role.word, until=until)
    if is_needed:
        require_no_loss(asked, held, until)
        put_key(actor, held, Giving(Principal("user", asked.asker_id), role, until))
    facts = {"user": asked.asker_id, "target": asked.node, "role": role.word, "until": until}
    record(actor, Event.ACCESS_APPROVED, asked, **facts)
    tell_approved(actor, asked, until)
    return asked


@transaction.atomic
def decline(actor: Member, request_id: UUID, *, note: str = "") -> AccessRequest:
    """Raises `NotFound`, `TooWeak`, `Invalid`, `AlreadyDecided`."""
    asked, _held = fetch_request(actor, request_id)
    close(actor, asked, RequestState.DECLINED, answer=checked(note))
    facts = {"user": asked.asker_id, "target": asked.node, "role": asked.role}
    record(actor, Event.ACCESS_DECLINED, asked, **facts)
    notify(actor, [asked.asker_id], Notice.ACCESS_DECLINED, node=asked.node)
    return asked


def fetch_request(actor: Member, request_id: UUID) -> tuple[AccessRequest, Held]:
    """A request is for whoever manages what it asks for, and is no guest: it names people."""
    if actor.role == MembershipRole.GUEST:
        raise NotFound
    asked = AccessRequest.objects.filter(pk=request_id).first()
    if asked is None:
        raise NotFound
    if asked.kind == "folder":
        return asked, fetch_folder(actor, asked.node, at_least=Role.MANAGE)
    return asked, fetch_document(actor, asked.node, at_least=Role.MANAGE)


def asker_of(asked: AccessRequest) -> Member:
    """Raises `NotFound` for who has just left."""
    seat = Membership.objects.filter(user_id=asked.asker_id).first()
    if seat is None:
        raise NotFound
    return member_of(seat)


def close(actor: Member, asked: AccessRequest, state: RequestState, **decision: Any) -> None:
    """Of two who decide at once, one does. Raises `AlreadyDecided`."""
    decision |= {"state": state, "decided_by_id": actor.user_id, "decided_at": timezone.now()}
    waiting = AccessRequest.objects.undecided(decision["decided_at"])
    if not waiting.filter(pk=asked.pk).update(**decision):
        raise AlreadyDecided
    for name, value in decision.items():
        setattr(asked, name, value)


def require_no_loss(asked: AccessRequest, held: Held, until: datetime | None) -> None:
    """A person has one key to a node: one that ends must not take the place of a lasting one."""
    if until is None:
        return
    holder = {"user_id": asked.asker_id}
    lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=until)
    keys = table_for(held.node, holder).objects.filter(content_object=held.node, **holder)
    if keys.filter(lasting).exists():
        raise Invalid(
            _(
                "They have a key here that lasts longer, and would lose it when this one ends. "
                "Approve it without an end, or decline it."
            )
        )


def tell_approved(actor: Member, asked: AccessRequest, until: datetime | None) -> None:
    if until is None:
        notify(actor, [asked.asker_id], Notice.ACCESS_APPROVED, node=asked.node)
    else:
        end = {"at": until.isoformat()}
        notify(actor, [asked.asker_id], Notice.ACCESS_APPROVED_UNTIL, node=asked.node, **end)
