"""A world, written into the database as quickly as rows can be."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from tenants.actor import Member, member_of
from tenants.flows.found import found
from tenants.flows.join import seat
from tenants.flows.teams import make_team
from tenants.models import Membership, Team, TeamMember
from tenants.scoping import scope
from tests.factories import unique
from tests.vault.access.world import EVERYONE, PEOPLE, TEAMS, Given, World
from vault.models import (
    Document,
    DocumentTeamGrant,
    DocumentUserGrant,
    Folder,
    FolderTeamGrant,
    FolderUserGrant,
)
from vault.models.grants import permission_for
from vault.models.tree import plant, set_wall

LIVES = {
    "open": None,
    "until tomorrow": timedelta(days=1),
    "over": timedelta(seconds=-1),
}


@dataclass(frozen=True, slots=True)
class Company:
    """People and teams, in the order in which worlds number them; no folders yet."""

    tenant_id: UUID
    people: list[Member]
    teams: list[Team]


@dataclass(frozen=True, slots=True)
class Planted:
    folders: list[Folder]
    documents: list[Document]
    keys: dict[UUID, Given]

    def node(self, name: tuple[str, int]) -> Folder | Document:
        kind, number = name
        return self.folders[number] if kind == "folder" else self.documents[number]


def found_company() -> Company:
    users = [
        User(email=f"{unique('person')}@company.example", name=f"Person {number}")
        for number in range(len(PEOPLE))
    ]
    User.objects.bulk_create(users)
    tenant_id = found(unique("company"), name="Company", owner=users[0]).tenant_id
    with scope(tenant_id):
        pairs = list(zip(users[1:], PEOPLE[1:], strict=True))
        seats = [Membership.objects.get(), *(seat(tenant_id, *pair) for pair in pairs)]
        teams = [Team.objects.get(is_everyone=True)]
        teams += [make_team(tenant_id, f"Team {number}") for number in range(1, TEAMS)]
        return Company(tenant_id, [member_of(seat) for seat in seats], teams)


def planted(company: Company, world: World) -> Planted:
    """Walls are put up after the tree stands for odd folders, and while it grows for even ones."""
    folders: list[Folder] = []
    for number, node in enumerate(world.folders):
        folder = Folder(
            tenant_id=company.tenant_id,
            parent=None if node.parent is None else folders[node.parent],
            name=f"Folder {number}",
            is_root=node.parent is None,
            restricted=node.restricted and number % 2 == 0,
        )
        folders.append(plant(folder))
    for number, node in enumerate(world.folders):
        if node.restricted and number % 2:
            set_wall(folders[number], restricted=True)
    seated(company, world)
    documents = written(company, world, folders)
    keys = handed_out(company, world, folders, documents)
    return Planted(as_stored(folders), as_stored(documents), keys)


def as_stored[M: Any](rows: list[M]) -> list[M]:
    fresh = {row.pk: row for row in type(rows[0]).objects.all()}
    return [fresh[row.pk] for row in rows]


def seated(company: Company, world: World) -> None:
    TeamMember.objects.bulk_create(
        TeamMember(
            tenant_id=company.tenant_id,
            team=company.teams[team],
            membership_id=company.people[person].membership_id,
        )
        for team, crowd in enumerate(world.teams)
        if team != EVERYONE
        for person in crowd
    )


def written(company: Company, world: World, folders: list[Folder]) -> list[Document]:
    return Document.objects.bulk_create(
        Document(
            tenant_id=company.tenant_id,
            folder=folders[node.parent or 0],
            name=f"Document {number}",
            restricted=node.restricted,
        )
        for number, node in enumerate(world.documents)
    )


def handed_out(
    company: Company, world: World, folders: list[Folder], documents: list[Document]
) -> dict[UUID, Given]:
    keys: dict[UUID, Given] = {}
    rows: dict[Any, list[Any]] = {}
    for given in world.keys:
        (who, principal), (kind, number) = given.principal, given.on
        models = {
            ("folder", "person"): FolderUserGrant,
            ("folder", "team"): FolderTeamGrant,
            ("document", "person"): DocumentUserGrant,
            ("document", "team"): DocumentTeamGrant,
        }
        model = models[kind, who]
        lasts = LIVES[given.life]
        grant = model(
            pk=uuid7(),
            tenant_id=company.tenant_id,
            content_object=folders[number] if kind == "folder" else documents[number],
            permission_id=permission_for(kind, given.role),
            granted_at=timezone.now(),
            expires_at=None if lasts is None else timezone.now() + lasts,
            **holder(company, who, principal),
        )
        keys[grant.pk] = given
        rows.setdefault(model, []).append(grant)
    for model, grants in rows.items():
        model.objects.bulk_create(grants)
    return keys


def holder(company: Company, who: str, number: int) -> dict[str, Any]:
    if who == "person":
        return {"user_id": company.people[number].user_id}
    return {"group_id": company.teams[number].group_id}
