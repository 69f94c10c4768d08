"""A signed-in person opens an organisation's address."""

import hashlib
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest

from tenants.actor import Member, member_of
from tenants.addresses import trace_of
from tenants.audit import record
from tenants.errors import NotFound, Suspended
from tenants.events import Event
from tenants.models import Membership, Organisation
from tenants.scoping import as_user, scope

if TYPE_CHECKING:
    from accounts.models import User

ENTERED = "entered"


def seats_of(user_id: UUID) -> list[Membership]:
    """Every membership of a person, with its organisation, by name."""
    with as_user(user_id):
        seats = Membership.seats.filter(user_id=user_id).select_related("tenant")
        return list(seats.order_by("tenant__name"))


def enter(request: HttpRequest, slug: str) -> Member:
    """The member that this request acts as. Raises `NotFound`, `Suspended`."""
    user = cast("User", request.user)
    seats = seats_of(user.pk)
    seat = next((seat for seat in seats if seat.tenant.slug == slug), None)
    if seat is None:
        raise NotFound
    if seat.tenant.state != Organisation.State.ACTIVE:
        raise Suspended
    request.organisation = seat.tenant  # type: ignore[attr-defined]
    request.organisations = [seat.tenant for seat in seats]  # type: ignore[attr-defined]
    session = str(request.session.session_key or "")
    actor = member_of(seat, trace=trace_of(request, name=str(user)), session=sitting(session))
    note_entry(request, actor)
    return actor


def sitting(session_key: str) -> str:
    """A name for the session that is not its key."""
    return hashlib.sha256(b"sitting:" + session_key.encode()).hexdigest()[:32]


def note_entry(request: HttpRequest, actor: Member) -> None:
    """Once a session, the trail says that a person entered."""
    entered = request.session.get(ENTERED, [])
    if str(actor.tenant_id) in entered:
        return
    with scope(actor.tenant_id):
        record(actor, Event.ORGANISATION_ENTERED)
    request.session[ENTERED] = [*entered, str(actor.tenant_id)]
