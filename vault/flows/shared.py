"""What others gave a member: folders and documents, with who gave them and until when.

Keys that came with the membership (those of the team of everyone, of one's own home) are no news,
nor is what one gave oneself by restricting.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from tenants.actor import Member
from tenants.keyset import Order, cursor_of, moment, position_of
from tenants.models import Team
from vault.access import Key, Keyring
from vault.flows.news import names_of
from vault.flows.star import stars_of
from vault.models import (
    Document,
    DocumentTeamGrant,
    DocumentUserGrant,
    Folder,
    FolderTeamGrant,
    FolderUserGrant,
    among,
    places_of,
)
from vault.rights.explaining import person_keys, team_keys
from vault.rights.exposure import Exposure, exposures
from vault.rights.fetching import Held, HeldDocument, HeldFolder, whole
from vault.rights.keyrings import groups_of, keyring_of

PAGE: Final = 50
NEWEST: Final = Order("-given", F("granted_at"), moment, descending=True)


@dataclass(frozen=True, slots=True)
class Given:
    """One key and what it opens; `through` is the team's name, if it came by one."""

    held: Held
    by: str
    through: str
    until: datetime | None
    key: datetime  # when it was given, by which the list is sorted
    pk: UUID


@dataclass(frozen=True, slots=True)
class Shared:
    items: Sequence[Given]
    exposures: dict[UUID, Exposure]
    stars: frozenset[UUID]
    next: str | None


def shared_with(actor: Member, *, cursor: str = "") -> Shared:
    """The newest first. Raises `Invalid`. All keys are read, as for a keyring; of what they open,
    one page.
    """
    start = position_of(cursor, {"given": NEWEST})
    teams = teams_of(actor)
    keys = sorted(strongest(keys_of(actor, teams)), key=place_in_list, reverse=True)
    if start:
        keys = [key for key in keys if place_in_list(key) < (start.key, start.id)]
    keyring = keyring_of(actor)
    seen = seen_among(keyring, {key.node for key in keys})
    keys = [key for key in keys if key.node in seen]
    items = list_of(keys[:PAGE], nodes_of(keyring, {key.node for key in keys[:PAGE]}), teams)
    documents = [item.held for item in items if isinstance(item.held, HeldDocument)]
    folders = [item.held for item in items if isinstance(item.held, HeldFolder)]
    return Shared(
        items,
        exposures(documents, {held.folder.pk: held.place for held in folders}),
        stars_of(actor, [item.held.node.pk for item in items]),
        cursor_of(NEWEST, "given", items[-1]) if len(keys) > PAGE else None,
    )


def teams_of(actor: Member) -> dict[int, Team]:
    """The actor's teams, by the group that stands for them; not the one of everyone."""
    teams = Team.objects.filter(group_id__in=groups_of(actor), is_everyone=False)
    return {team.group_id: team for team in teams}


def keys_of(actor: Member, teams: dict[int, Team]) -> list[Key]:
    mine, ours = {"user": actor.user_id}, {"group__in": list(teams)}
    by_group = {group: team.pk for group, team in teams.items()}
    keys = [
        *person_keys(FolderUserGrant.objects.filter(**mine), "folder"),
        *person_keys(DocumentUserGrant.objects.filter(**mine), "document"),
        *team_keys(FolderTeamGrant.objects.filter(**ours), "folder", by_group),
        *team_keys(DocumentTeamGrant.objects.filter(**ours), "document", by_group),
    ]
    return [key for key in keys if key.granted_by != actor.user_id]


def strongest(keys: Iterable[Key]) -> list[Key]:
    """One for each node."""
    best: dict[UUID, Key] = {}
    for key in keys:
        if key.node not in best or key.role > best[key.node].role:
            best[key.node] = key
    return list(best.values())


def place_in_list(key: Key) -> tuple[datetime, UUID]:
    assert key.granted_at is not None
    return key.granted_at, key.grant


def seen_among(keyring: Keyring, ids: Collection[UUID]) -> set[UUID]:
    """Which of them the keys open. Homes are no news to whom they belong."""
    folders = Folder.objects.opened_by(keyring).filter(pk__in=among(ids), home_of__isnull=True)
    documents = Document.objects.opened_by(keyring).filter(pk__in=among(ids))
    return {pk for rows in (folders, documents) for pk in rows.values_list("pk", flat=True)}


def nodes_of(keyring: Keyring, ids: Collection[UUID]) -> dict[UUID, Held]:
    """These, with the role that the keys give."""
    folders = list(Folder.objects.filter(pk__in=ids).select_related("created_by"))
    documents = list(whole(Document.objects.filter(pk__in=ids)))
    places = places_of([*(f.pk for f in folders), *{d.folder_id for d in documents}])
    held: dict[UUID, Held] = {
        folder.pk: HeldFolder(
            folder, places[folder.pk], keyring.role_in(places[folder.pk]), keyring
        )
        for folder in folders
    }
    for document in documents:
        place = places[document.folder_id]
        role = keyring.role_on(document.pk, place, restricted=document.restricted)
        held[document.pk] = HeldDocument(document, place, role, keyring)
    return held


def list_of(keys: list[Key], held: dict[UUID, Held], teams: dict[int, Team]) -> list[Given]:
    people = names_of({key.granted_by for key in keys if key.granted_by})
    names = {team.pk: team.name for team in teams.values()}
    return [
        Given(
            held[key.node],
            people.get(key.granted_by, "") if key.granted_by else "",
            names.get(key.team, "") if key.team else "",
            key.expires_at,
            *place_in_list(key),
        )
        for key in keys
    ]
