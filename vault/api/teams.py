"""One team changed, and what that does to who can see what. For admins."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from tenants.actor import require_admin
from tenants.api import TeamName, TeamOut
from tenants.flows.teams import add_to_team, delete_team, remove_from_team, rename_team
from tenants.http import acting
from vault.api.effects import EffectOut
from vault.flows.foresee import foresee_team

router = Router(tags=["people"])
TEAM = "/teams/{uuid:team_id}"
SEAT = f"{TEAM}/members/{{uuid:membership_id}}"


@router.patch(TEAM, response=TeamOut)
def call_team(request: HttpRequest, team_id: UUID, new: TeamName) -> TeamOut:
    """Another name for a team. For admins."""
    return TeamOut.of(rename_team(acting(request), team_id, to=new.name))


@router.delete(TEAM, response={200: EffectOut, 204: None})
def end_team(request: HttpRequest, team_id: UUID, *, dry_run: bool = False) -> Status[Any]:
    """Deletes a team. Its keys end with it, at once. For admins."""
    act = partial(delete_team, acting(request), team_id)
    return changing(request, team_id, act, dry_run=dry_run)


@router.put(SEAT, response={200: EffectOut, 204: None})
def join_team(
    request: HttpRequest, team_id: UUID, membership_id: UUID, *, dry_run: bool = False
) -> Status[Any]:
    """Puts a member into a team: its keys are theirs, too. For admins."""
    act = partial(add_to_team, acting(request), team_id, membership_id)
    return changing(request, team_id, act, dry_run=dry_run)


@router.delete(SEAT, response={200: EffectOut, 204: None})
def leave_team(
    request: HttpRequest, team_id: UUID, membership_id: UUID, *, dry_run: bool = False
) -> Status[Any]:
    """Takes a member out of a team: what its keys alone opened closes. For admins."""
    act = partial(remove_from_team, acting(request), team_id, membership_id)
    return changing(request, team_id, act, dry_run=dry_run)


def changing(
    request: HttpRequest, team_id: UUID, act: Callable[[], object], *, dry_run: bool
) -> Status[Any]:
    require_admin(acting(request))
    if dry_run:
        return Status(200, EffectOut.of(foresee_team(acting(request), team_id, act)))
    act()
    return Status(204, None)
