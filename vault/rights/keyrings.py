"""Which keys does this actor hold? One query; nothing is kept beyond the request."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Q, QuerySet, Value
from django.utils import timezone

from tenants.actor import Member
from tenants.models import Team, TeamMember
from vault.access import Keyring, Role
from vault.models import (
    DocumentTeamGrant,
    DocumentUserGrant,
    FolderTeamGrant,
    FolderUserGrant,
)
from vault.models.grants import roles_by_permission


def keyring_of(actor: Member) -> Keyring:
    """All keys of a member: their own and their teams', as long as they last."""
    ceiling = Role.from_word(actor.scope)
    if actor.runs_the_organisation:
        return Keyring(to_everything=True, ceiling=ceiling)
    folders: dict[UUID, Role] = {}
    documents: dict[UUID, Role] = {}
    roles = roles_by_permission()
    for is_folder, node, permission in held(actor, timezone.now()):
        keys = folders if is_folder else documents
        keys[node] = max(roles[permission], keys.get(node, Role.NONE))
    return Keyring(folders, documents, ceiling=ceiling)


def held(actor: Member, now: datetime) -> QuerySet[Any, tuple[bool, UUID, int]]:
    mine, ours = Q(user_id=actor.user_id), Q(group_id__in=groups_of(actor))
    parts = [
        rows(FolderUserGrant.objects.filter(mine), now, is_folder=True),
        rows(FolderTeamGrant.objects.filter(ours), now, is_folder=True),
        rows(DocumentUserGrant.objects.filter(mine), now, is_folder=False),
        rows(DocumentTeamGrant.objects.filter(ours), now, is_folder=False),
    ]
    return parts[0].union(*parts[1:], all=True)


def groups_of(actor: Member) -> QuerySet[Any, Any]:
    """What stands for the teams that the actor is in; or for the one that they see as."""
    if actor.team_id is not None:
        return Team.objects.filter(pk=actor.team_id).values("group_id")
    return TeamMember.objects.filter(membership_id=actor.membership_id).values("team__group_id")


def rows(
    grants: QuerySet[Any, Any], now: datetime, *, is_folder: bool
) -> QuerySet[Any, tuple[bool, UUID, int]]:
    return grants.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now)).values_list(
        Value(is_folder, output_field=BooleanField()), "content_object_id", "permission_id"
    )
