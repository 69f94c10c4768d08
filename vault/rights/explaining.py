"""Who can see this, and why: the rows for `vault.access.explain`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tenants.models import Membership, MembershipRole, Team, TeamMember
from vault.access import Key, Keyring, Place, Reason, Role, explain, holders
from vault.models import (
    Document,
    DocumentTeamGrant,
    DocumentUserGrant,
    FolderTeamGrant,
    FolderUserGrant,
    among,
)

ADMINISTRATORS = (MembershipRole.OWNER, MembershipRole.ADMIN)


def who_can(place: Place, *, document: Document | None = None) -> dict[UUID, list[Reason]]:
    """Each person who reaches a folder, or a document in it, with every reason: five queries."""
    keys = keys_around(place, document)
    teams = people_in({key.team for key in keys if key.team})
    return explain(
        keys,
        place,
        document=document.pk if document else None,
        restricted=document.restricted if document else False,
        teams=teams,
        administrators=administrators(),
    )


def administrators() -> frozenset[UUID]:
    seats = Membership.objects.filter(role__in=ADMINISTRATORS)
    return frozenset(seats.values_list("user_id", flat=True))


def keepers_of(place: Place, document: Document | None) -> set[UUID]:
    """Who manages a folder, or a document in it, by a key that doesn't end by itself."""
    keys = [
        key
        for key in keys_around(place, document)
        if key.role == Role.MANAGE and key.expires_at is None
    ]
    teams = people_in({key.team for key in keys if key.team})
    return {person for key in keys for person in holders(key, teams)}


def manages_until(person: UUID, place: Place, document: Document | None) -> datetime | None:
    """When a person manages a folder, or a document in it, no more; none for without an end."""
    keys = [key for key in keys_around(place, document) if key.role == Role.MANAGE]
    teams = people_in({key.team for key in keys if key.team})
    ends = [key.expires_at for key in keys if person in holders(key, teams)]
    return None if None in ends else max(filter(None, ends), default=None)


def keys_around(place: Place, document: Document | None) -> list[Key]:
    """Every live key at the folders within reach, and at the document itself."""
    teams = dict(Team.objects.values_list("group_id", "pk"))
    keys: list[Key] = []
    if document is None or not document.restricted:
        keys += folder_keys(place.within_reach, teams)
    if document is not None:
        keys += document_keys([document.pk], teams)
    return keys


def keyrings_at(
    places: Iterable[Place], documents: Collection[UUID], people: Collection[UUID]
) -> dict[UUID, Keyring]:
    """What each of these people holds, as far as it opens these: seven queries, for any number."""
    teams = dict(Team.objects.values_list("group_id", "pk"))
    reach = {folder for place in places for folder in place.within_reach}
    keys = [*folder_keys(reach, teams), *document_keys(documents, teams)]
    crowd = people_in({key.team for key in keys if key.team})
    all_of_it = Membership.objects.filter(role__in=ADMINISTRATORS, user__in=people)
    administrators = set(all_of_it.values_list("user_id", flat=True))
    held: dict[UUID, list[Key]] = {person: [] for person in people}
    for key in keys:
        for person in held.keys() & set(holders(key, crowd)):
            held[person].append(key)
    return {
        person: Keyring(
            strongest(held[person], "folder"),
            strongest(held[person], "document"),
            to_everything=person in administrators,
        )
        for person in people
    }


def strongest(keys: Iterable[Key], at: str) -> dict[UUID, Role]:
    """By node."""
    roles: dict[UUID, Role] = {}
    for key in keys:
        if key.at == at:
            roles[key.node] = max(key.role, roles.get(key.node, Role.NONE))
    return roles


def document_keys(documents: Collection[UUID], teams: dict[int, UUID]) -> list[Key]:
    here = Q(content_object_id__in=among(documents))
    return [
        *person_keys(DocumentUserGrant.objects.filter(here), "document"),
        *team_keys(DocumentTeamGrant.objects.filter(here), "document", teams),
    ]


def folder_keys(folders: Iterable[UUID], teams: dict[int, UUID]) -> list[Key]:
    here = Q(content_object_id__in=among(folders))
    return [
        *person_keys(FolderUserGrant.objects.filter(here), "folder"),
        *team_keys(FolderTeamGrant.objects.filter(here), "folder", teams),
    ]


def person_keys(grants: QuerySet[Any], at: Any) -> list[Key]:
    return [Key(user=grant.user_id, **facts(grant, at)) for grant in live(grants)]


def team_keys(grants: QuerySet[Any], at: Any, teams: dict[int, UUID]) -> list[Key]:
    return [Key(team=teams[grant.group_id], **facts(grant, at)) for grant in live(grants)]


def live(grants: QuerySet[Any]) -> QuerySet[Any]:
    return grants.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))


def facts(grant: Any, at: str) -> dict[str, Any]:
    return {
        "grant": grant.pk,
        "node": grant.content_object_id,
        "at": at,
        "role": grant.role,
        "granted_by": grant.granted_by_id,
        "granted_at": grant.granted_at,
        "expires_at": grant.expires_at,
    }


def people_in(teams: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    seats = TeamMember.objects.filter(team__in=list(teams))
    return by_team(seats.values_list("team_id", "membership__user_id"))


def by_team(seats: Iterable[tuple[UUID, UUID]]) -> dict[UUID, tuple[UUID, ...]]:
    people: dict[UUID, list[UUID]] = {}
    for team, person in seats:
        people.setdefault(team, []).append(person)
    return {team: tuple(crowd) for team, crowd in people.items()}
