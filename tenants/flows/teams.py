"""Teams and who is in them. The keys of a team end with it, by the database's keys.

*Everyone* has a name and people of its own accord: here it is as if it weren't there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.ids import uuid7
from accounts.names import tidy
from tenants.actor import Member, require_admin
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TeamTaken
from tenants.events import Event
from tenants.models import Membership, Team, TeamMember
from tenants.models.team import LONGEST_NAME

MOST: Final = 200  # people who can be put in at once


@transaction.atomic
def create_team(actor: Member, *, name: str) -> Team:
    """Raises `TooWeak`, `Invalid`, `TeamTaken`."""
    require_admin(actor)
    name = team_name(name)
    with names_differ():
        team = make_team(actor.tenant_id, name)
    record(actor, Event.TEAM_CREATED, team, name=name)
    return team


@transaction.atomic
def rename_team(actor: Member, team_id: UUID, *, to: str) -> Team:
    """Raises `TooWeak`, `NotFound`, `Invalid`, `TeamTaken`."""
    team, name = take(actor, team_id), team_name(to)
    before, team.name = team.name, name
    if name == before:
        return team
    with names_differ():
        team.save(update_fields=["name"])
    record(actor, Event.TEAM_RENAMED, team, before=before, after=name)
    return team


@transaction.atomic
def delete_team(actor: Member, team_id: UUID) -> None:
    """Its keys end at once. Raises `TooWeak`, `NotFound`."""
    team = take(actor, team_id, to_end_it=True)
    people = TeamMember.objects.filter(team=team).count()
    record(actor, Event.TEAM_DELETED, team, name=team.name, people=people)
    team.delete()
    Group.objects.filter(pk=team.group_id).delete()


@transaction.atomic
def add_to_team(actor: Member, team_id: UUID, *membership_ids: UUID) -> list[Membership]:
    """Those who are new in it; whoever is in it already stays. Raises `TooWeak`, `NotFound`,
    `Invalid`.
    """
    require_admin(actor)
    if len(membership_ids) > MOST:
        raise Invalid(_("Up to %(most)s people can be added at once.") % {"most": MOST})
    seats = list(
        Membership.objects.select_for_update(no_key=True)
        .filter(pk__in=membership_ids)
        .order_by("pk")
    )
    team = take(actor, team_id)
    if len(seats) < len(set(membership_ids)):
        raise NotFound
    inside = set(
        TeamMember.objects.filter(team=team, membership__in=seats).values_list(
            "membership_id", flat=True
        )
    )
    new = [seat for seat in seats if seat.pk not in inside]
    for seat in new:
        TeamMember.objects.create(tenant_id=actor.tenant_id, team=team, membership=seat)
        record(actor, Event.TEAM_JOINED, team, member=seat.pk)
    return new


@transaction.atomic
def remove_from_team(actor: Member, team_id: UUID, membership_id: UUID) -> None:
    """Raises `TooWeak`, `NotFound`."""
    team = take(actor, team_id)
    gone, _by_table = TeamMember.objects.filter(team=team, membership_id=membership_id).delete()
    if not gone:
        raise NotFound
    record(actor, Event.TEAM_LEFT, team, member=membership_id)


def take(actor: Member, team_id: UUID, *, to_end_it: bool = False) -> Team:
    """A team that can be changed, locked: who changes or ends it at once, waits.

    Who gives it a key meanwhile waits for its end alone.
    """
    require_admin(actor)
    locked = Team.objects.select_for_update(no_key=not to_end_it)
    team = locked.filter(pk=team_id, is_everyone=False).first()
    if team is None:
        raise NotFound
    return team


def team_name(text: str) -> str:
    name = tidy(text)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("A team's name has 1 to %(most)s characters.") % {"most": LONGEST_NAME})
    return name


@contextmanager
def names_differ() -> Iterator[None]:
    """Whoever comes second, at the same moment too, is told that the name is taken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise TeamTaken from error


def make_team(tenant_id: UUID, name: str, *, is_everyone: bool = False) -> Team:
    team_id = uuid7()
    group = Group.objects.create(name=str(team_id))
    return Team.objects.create(
        pk=team_id, tenant_id=tenant_id, name=name, group=group, is_everyone=is_everyone
    )
