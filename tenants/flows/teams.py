"""Teams and who is in them."""

from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.ids import uuid7
from tenants.actor import Member, require_admin
from tenants.audit import record
from tenants.errors import NotFound
from tenants.events import Event
from tenants.models import Membership, Team, TeamMember


@transaction.atomic
def create_team(actor: Member, *, name: str) -> Team:
    require_admin(actor)
    team = make_team(actor.tenant_id, name)
    record(actor, Event.TEAM_CREATED, team, name=name)
    return team


@transaction.atomic
def add_to_team(actor: Member, team_id: UUID, membership_id: UUID) -> None:
    require_admin(actor)
    team = Team.objects.filter(pk=team_id, is_everyone=False).first()
    membership = Membership.objects.filter(pk=membership_id).first()
    if team is None or membership is None:
        raise NotFound
    _, is_new = TeamMember.objects.get_or_create(
        tenant_id=actor.tenant_id, team=team, membership=membership
    )
    if is_new:
        record(actor, Event.TEAM_JOINED, team, member=membership.pk)


@transaction.atomic
def remove_from_team(actor: Member, team_id: UUID, membership_id: UUID) -> None:
    require_admin(actor)
    team = Team.objects.filter(pk=team_id, is_everyone=False).first()
    if team is None:
        raise NotFound
    gone, _ = TeamMember.objects.filter(team=team, membership_id=membership_id).delete()
    if not gone:
        raise NotFound
    record(actor, Event.TEAM_LEFT, team, member=membership_id)


def make_team(tenant_id: UUID, name: str, *, is_everyone: bool = False) -> Team:
    team_id = uuid7()
    group = Group.objects.create(name=str(team_id))
    return Team.objects.create(
        pk=team_id, tenant_id=tenant_id, name=name, group=group, is_everyone=is_everyone
    )
