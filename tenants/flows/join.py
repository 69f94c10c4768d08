"""A person gets a seat in an organisation."""

from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from tenants.actor import Member, require_admin
from tenants.audit import record
from tenants.errors import AlreadyMember, TooWeak
from tenants.events import Event
from tenants.models import Membership, MembershipRole, Team, TeamMember


@transaction.atomic
def join(actor: Member, user: User, role: MembershipRole) -> Membership:
    """Only an owner makes owners. Raises `TooWeak`, `AlreadyMember`."""
    require_admin(actor)
    if role == MembershipRole.OWNER and actor.role != MembershipRole.OWNER:
        raise TooWeak
    membership = seat(actor.tenant_id, user, role)
    record(actor, Event.MEMBER_JOINED, membership, role=role)
    return membership


def seat(tenant_id: UUID, user: User, role: MembershipRole) -> Membership:
    try:
        with transaction.atomic():
            membership = Membership.objects.create(tenant_id=tenant_id, user=user, role=role)
    except IntegrityError as error:
        raise AlreadyMember from error
    keep_in_everyone(membership)
    return membership


def keep_in_everyone(membership: Membership) -> None:
    """Everyone is all members and no guests."""
    everyone = Team.objects.get(is_everyone=True)
    if membership.role == MembershipRole.GUEST:
        TeamMember.objects.filter(team=everyone, membership=membership).delete()
    else:
        TeamMember.objects.get_or_create(
            tenant_id=membership.tenant_id, team=everyone, membership=membership
        )
