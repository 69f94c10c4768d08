"""A membership changes or ends. What it gave ends with it, in the same transaction."""

from uuid import UUID

from django.db import transaction

from tenants.actor import Member, require_admin
from tenants.audit import record
from tenants.errors import LastOwner, NotFound, TooWeak
from tenants.events import Event
from tenants.flows.join import keep_in_everyone
from tenants.models import Membership, MembershipRole


@transaction.atomic
def end_membership(actor: Member, membership_id: UUID) -> None:
    """Grants, team seats and tokens end by the database's keys. Raises `LastOwner`."""
    membership = take(actor, membership_id)
    require_another_owner(membership)
    record(actor, Event.MEMBER_LEFT, membership, user=membership.user_id)
    membership.delete()


@transaction.atomic
def change_role(actor: Member, membership_id: UUID, *, to: MembershipRole) -> Membership:
    require_admin(actor)
    membership = take(actor, membership_id)
    if to == MembershipRole.OWNER and actor.role != MembershipRole.OWNER:
        raise TooWeak
    if to != MembershipRole.OWNER:
        require_another_owner(membership)
    before, membership.role = membership.role, to
    membership.save(update_fields=["role"])
    keep_in_everyone(membership)
    record(actor, Event.MEMBER_CHANGED, membership, before=before, after=to)
    return membership


def take(actor: Member, membership_id: UUID) -> Membership:
    """The seat, locked together with every owner's, so that the last one is seen to be last."""
    if actor.membership_id != membership_id:
        require_admin(actor)
    owners = Membership.objects.filter(role=MembershipRole.OWNER)
    list(owners.select_for_update().order_by("pk").values_list("pk"))
    membership = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if membership is None:
        raise NotFound
    if membership.role == MembershipRole.OWNER and actor.role != MembershipRole.OWNER:
        raise TooWeak
    return membership


def require_another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(role=MembershipRole.OWNER).exclude(pk=membership.pk)
    if membership.role == MembershipRole.OWNER and not owners.exists():
        raise LastOwner
