"""Which keys does one person hold, or one team; and how much does each of them open?

A keyring forgets what is weaker than another key, and where a key came from; here nothing is left
out that lasts: to what lies in the trash alone a key is no key, until it is brought back.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q

from tenants.models import Membership, Team, TeamMember
from vault.access import Key, Keyring, Role
from vault.models import (
    Document,
    DocumentTeamGrant,
    DocumentUserGrant,
    Folder,
    FolderClosure,
    FolderTeamGrant,
    FolderUserGrant,
)
from vault.rights.explaining import live, person_keys, team_keys

ROLES: Final = tuple(role for role in Role if role)


def keys_of_person(seat: Membership) -> list[Key]:
    """Their own and their teams': five queries."""
    mine = Q(user_id=seat.user_id)
    inside = TeamMember.objects.filter(membership=seat).values("team_id")
    return [
        *person_keys(FolderUserGrant.objects.filter(mine), "folder"),
        *person_keys(DocumentUserGrant.objects.filter(mine), "document"),
        *keys_of_teams(Team.objects.filter(pk__in=inside)),
    ]


def keys_of_teams(teams: Iterable[Team]) -> list[Key]:
    by_group = {team.group_id: team.pk for team in teams}
    ours = Q(group__in=list(by_group))
    return [
        *team_keys(FolderTeamGrant.objects.filter(ours), "folder", by_group),
        *team_keys(DocumentTeamGrant.objects.filter(ours), "document", by_group),
    ]


def opened_by_each(keys: Collection[Key]) -> dict[UUID, int]:
    """How many documents a key opens, by its node and by itself alone: two queries.

    Beneath a folder, up to the walls; a restricted document is opened by a key to itself only.
    """
    folders = {key.node for key in keys if key.at == "folder"}
    beneath = FolderClosure.objects.filter(
        ancestor_id__in=folders,
        distance__lte=F("descendant__wall_distance"),
        descendant__documents__restricted=False,
        descendant__documents__trashed__isnull=True,
    )
    counted = beneath.values("ancestor_id").order_by("ancestor_id")
    counts = {
        row["ancestor_id"]: row["documents"]
        for row in counted.annotate(documents=Count("descendant__documents"))
    }
    own = Document.objects.filter(pk__in={key.node for key in keys if key.at == "document"})
    return counts | dict.fromkeys(own.values_list("pk", flat=True), 1)


def opened_in_all(keyring: Keyring) -> dict[Role, int]:
    """How many documents these keys open, by the strongest role on each: four queries."""
    at_least = {role: Document.objects.opened_by(keyring, role).count() for role in ROLES}
    stronger = [*list(at_least.values())[1:], 0]
    return {
        role: count - more for (role, count), more in zip(at_least.items(), stronger, strict=True)
    }


def keys_held_by_each(seats: Collection[Membership]) -> dict[UUID, int]:
    """How many keys of their own people hold, by person: two queries."""
    people = {"user__in": [seat.user_id for seat in seats]}
    return counted("user_id", FolderUserGrant, DocumentUserGrant, **people)


def keys_given_to_each(teams: Collection[Team]) -> dict[UUID, int]:
    """How many keys teams hold: two queries."""
    groups = {team.group_id: team.pk for team in teams}
    counts = counted("group_id", FolderTeamGrant, DocumentTeamGrant, group__in=list(groups))
    return {groups[group]: count for group, count in counts.items()}


def counted(column: str, *tables: Any, **whose: Any) -> dict[Any, int]:
    counts: dict[Any, int] = {}
    for table in tables:
        lasting = live(table.objects.filter(content_object__trashed__isnull=True, **whose))
        rows = lasting.values(column).order_by(column).annotate(keys=Count("pk"))
        for row in rows:
            counts[row[column]] = counts.get(row[column], 0) + row["keys"]
    return counts


def nodes_among(keyring: Keyring, keys: Collection[Key]) -> set[UUID]:
    """The nodes of these keys that are there, and that this keyring opens: two queries."""
    ids = {key.node for key in keys}
    folders = Folder.objects.opened_by(keyring).filter(pk__in=ids)
    documents = Document.objects.opened_by(keyring).filter(pk__in=ids)
    return {pk for rows in (folders, documents) for pk in rows.values_list("pk", flat=True)}
