"""What one writes first: guardian's own queries, on the tables with direct foreign keys."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q

from accounts.models import User
from tenants.actor import Member
from tenants.keyset import sorted_by
from tenants.models import Team, TeamMember
from vault.flows.orders import NEWEST_FIRST
from vault.models import Document, DocumentTeamGrant, DocumentUserGrant
from vault.rights.fetching import whole
from vault.rights.listed import Listed


def guardians_page(actor: Member, *, size: int) -> list[Document]:
    """As `get_objects_for_user` asks: the person's rows, or those of their groups.

    It knows the keys to documents alone: no folders, no walls, no end of a key.
    """
    mine = DocumentUserGrant.objects.filter(user_id=actor.user_id)
    ours = DocumentTeamGrant.objects.filter(group_id__in=groups_of(actor))
    granted = Document.objects.filter(
        Q(pk__in=mine.values("content_object_id")) | Q(pk__in=ours.values("content_object_id"))
    )
    return list(sorted_by(whole(granted), NEWEST_FIRST)[:size])


def guardians_check(actor: Member, document: Listed) -> bool:
    """As `user.has_perm` asks through its checker: the person anew, their permissions on this
    row, and their groups'. The checker itself expects managers of its own on the tables.
    """
    person = User.objects.get(pk=actor.user_id)
    mine = DocumentUserGrant.objects.filter(user=person, content_object=document.pk)
    ours = DocumentTeamGrant.objects.filter(
        group_id__in=groups_of(actor), content_object=document.pk
    )
    found = {
        codename
        for grants in (mine, ours)
        for codename in Permission.objects.filter(
            content_type__app_label="vault", pk__in=grants.values("permission_id")
        ).values_list("codename", flat=True)
    }
    return "read_document" in found


def groups_of(actor: Member) -> Any:
    teams = TeamMember.objects.filter(membership_id=actor.membership_id).values("team_id")
    return Team.objects.filter(pk__in=teams).values("group_id")
