"""How often a member hears by mail of what they are notified of."""

from django.db import transaction

from tenants.actor import Member
from tenants.errors import NotFound
from tenants.keys import ForgedToken, unseal
from tenants.models import Mails, Membership, Organisation
from tenants.scoping import scope
from vault.flows.mail_notices import UNSUBSCRIBE


@transaction.atomic
def choose_mails(actor: Member, mails: Mails) -> None:
    Membership.objects.filter(pk=actor.membership_id).update(mails=mails)


def mails_of(actor: Member) -> Mails:
    return Mails(Membership.objects.values_list("mails", flat=True).get(pk=actor.membership_id))


def organisation_behind(token: str) -> Organisation:
    """Whose mails a token of a mail ends. Raises `NotFound`: forged ones before any query."""
    seat = seat_behind(token)
    return seat.tenant


def unsubscribe(token: str) -> Organisation:
    """No more mails to this member of this organisation. Raises `NotFound`."""
    seat = seat_behind(token)
    with scope(seat.tenant_id):
        Membership.objects.filter(pk=seat.pk).update(mails=Mails.OFF)
    return seat.tenant


def seat_behind(token: str) -> Membership:
    try:
        sealed = unseal(token, purpose=UNSUBSCRIBE)
    except ForgedToken as error:
        raise NotFound from error
    with scope(sealed.tenant_id):
        seat = Membership.objects.filter(pk=sealed.object_id).select_related("tenant").first()
    if seat is None:
        raise NotFound
    return seat
