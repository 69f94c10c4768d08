"""Asking for access to what one may not see, or may not do.

Nobody learns by asking what there is: the same is written, whether anything has that id or not,
and who manages it is told by a task that comes after.
"""

from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.actor import Member, member_of
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.models import Membership
from tenants.scoping import scope
from vault.access import Keyring, Role
from vault.errors import TooManyAsked
from vault.events import Event
from vault.flows.notify import AGAIN, notify
from vault.models import AccessRequest, RequestState
from vault.models.requests import LONGEST_NOTE
from vault.notices import Notice
from vault.rights.explaining import who_can
from vault.rights.fetching import Held, HeldDocument, fetch_document, fetch_folder, role_held
from vault.rights.keyrings import keyring_of

MOST: Final = 20  # of one person, that wait at a time
KEPT: Final = timedelta(days=90)
ASKED_WORDS: Final = _("If there is something here, whoever manages it has been asked.")


def ask_for_folder(actor: Member, folder_id: UUID, *, role: Role, note: str = "") -> None:
    """Raises `TooManyAsked`, `Invalid`; never anything that depends on the folder."""
    ask(actor, "folder", folder_id, role=role, note=note)


def ask_for_document(actor: Member, document_id: UUID, *, role: Role, note: str = "") -> None:
    """Raises `TooManyAsked`, `Invalid`; never anything that depends on the document."""
    ask(actor, "document", document_id, role=role, note=note)


@transaction.atomic
def ask(
    actor: Member, kind: Literal["folder", "document"], node: UUID, *, role: Role, note: str
) -> None:
    """Whoever asks again says it better: within the hour nobody is told again."""
    hold_seat(actor)
    if role > Role.from_word(actor.scope):
        raise TooWeak  # a token asks for no more than it could use
    now, whose = timezone.now(), {"asker_id": actor.user_id, "kind": kind, "node": node}
    mine = AccessRequest.objects.filter(**whose, state=RequestState.OPEN)
    # Locked: whoever decides at this moment has decided, or decides what is asked for now.
    asked = mine.undecided(now).select_for_update().first()
    tell = asked is None or asked.told_at <= now - AGAIN
    if asked is None:
        require_room(actor)
        mine.delete()  # what nobody decided in time
        asked = AccessRequest(tenant_id=actor.tenant_id, **whose)
    asked.role, asked.note = role.word, checked(note)
    if tell:
        asked.told_at = asked.created_at = now  # it waits anew
    asked.save()
    record(actor, Event.ACCESS_ASKED, asked, target=node, role=role.word)
    if tell:
        tell_managers_later.enqueue(str(actor.tenant_id), str(asked.pk))


def hold_seat(actor: Member) -> None:
    """One request after the other, so that their number is what it was counted to be."""
    seats = Membership.objects.select_for_update(no_key=True)
    if seats.filter(pk=actor.membership_id).first() is None:
        raise NotFound


def require_room(actor: Member) -> None:
    waiting = AccessRequest.objects.undecided(timezone.now()).filter(asker_id=actor.user_id)
    if waiting.count() >= MOST:
        raise TooManyAsked(most=MOST)


def checked(note: str) -> str:
    """Raises `Invalid`."""
    note = note.replace("\0", "").strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid("note")
    return note


@task
def tell_managers_later(tenant: str, request: str) -> None:
    """Those who hold a key to manage it; where there are none, owners and admins."""
    with scope(UUID(tenant)):
        asked = AccessRequest.objects.undecided(timezone.now()).filter(pk=request).first()
        if asked is None:
            return
        seat = Membership.objects.get(user_id=asked.asker_id)  # it would be gone with the seat
        asker = member_of(seat)
        held = found(asker, asked)
        if held is None or role_held(keyring_of(asker), held) >= asked.wanted:
            return
        notify(asker, managers_of(held), Notice.ACCESS_ASKED, node=asked.node)


def found(asker: Member, asked: AccessRequest) -> Held | None:
    """What is asked for, if there is such a thing."""
    everything = Keyring(to_everything=True)
    try:
        if asked.kind == "folder":
            return fetch_folder(asker, asked.node, keyring=everything)
        return fetch_document(asker, asked.node, keyring=everything)
    except NotFound:
        return None


def managers_of(held: Held) -> set[UUID]:
    document = held.document if isinstance(held, HeldDocument) else None
    reasons = [
        reason for some in who_can(held.place, document=document).values() for reason in some
    ]
    managers = [reason for reason in reasons if reason.role >= Role.MANAGE]
    by_key = {reason.person for reason in managers if reason.key}
    return by_key or {reason.person for reason in managers}


def forget_old_requests() -> None:
    """Of the organisation in scope."""
    AccessRequest.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
