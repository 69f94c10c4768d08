"""A page's cost does not grow with its rows: as many queries for a thousand as for ten."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenants.actor import Member
from tenants.audit import record
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Notification, Team
from tenants.scoping import scope
from tests.cast import Acme, account, signed_in
from tests.factories import put
from tests.tenants.scene import settle_the_trail
from tests.vault.rows import crowd_of
from tests.vault.scene import api_of
from vault.access import Role
from vault.events import Event
from vault.flows.founding import join_organisation
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.models import (
    AccessRequest,
    Document,
    DocumentUserGrant,
    Job,
    Star,
    Trashing,
    Visit,
)
from vault.models.grants import permission_for
from vault.notices import Notice
from vault.rights.writing import upsert

FEW, MANY = 10, 1_000
AROUND = ("SAVEPOINT", "RELEASE", "SELECT set_config")  # what a test's transaction adds


def queries(get: Callable[[], object]) -> int:
    """Of the second request: the first one fills what a process keeps."""
    get()
    with CaptureQueriesContext(connection) as captured:
        get()
    return sum(not query["sql"].startswith(AROUND) for query in captured)


def ok(client: Client, path: str) -> Callable[[], object]:
    def get() -> object:
        response = client.get(path)
        assert response.status_code == 200
        return response

    return get


def crowd(acme: Acme, number: int) -> None:
    """Rows for every list, and people with keys; some rows have keys of their own, too."""
    with scope(acme.tenant_id):
        crowd_of(acme.folder, folders=min(number // 2, 20), documents=number)
        people(acme, 2 if number == FEW else 10)
        teams_and_keys(acme, 1 if number == FEW else 6)
        for who in (acme.alice, acme.bob):
            lists_of(who, acme, number)


def two_teams(acme: Acme) -> dict[str, UUID]:
    """The one of everybody, and one that is empty."""
    with scope(acme.tenant_id):
        everyone = Team.objects.get(is_everyone=True)
        return {"everyone": everyone.pk, "empty": create_team(acme.alice, name="Empty").pk}


def teams_and_keys(acme: Acme, number: int) -> None:
    """Teams with people in them, and keys of theirs, of which nobody is told."""
    for name in range(number):
        team = create_team(acme.alice, name=f"Team {number}-{name}")
        add_to_team(acme.alice, team.pk, acme.alice.membership_id, acme.bob.membership_id)
        for node in (acme.folder, acme.contract):
            upsert(node, Role.EDIT, {"group_id": team.group_id}, by=acme.alice.user_id)


def people(acme: Acme, number: int) -> None:
    documents = Document.objects.filter(folder=acme.folder).order_by("-name")[:3]
    for _ in range(number):
        seat = join_organisation(acme.alice, account("person"), MembershipRole.GUEST)
        to = Principal("user", seat.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.READ)
        for document in (acme.contract, *documents):
            grant_on_document(acme.alice, document.pk, to=to, role=Role.EDIT)


def lists_of(who: Member, acme: Acme, number: int) -> None:
    """What one person marked, opened, was given, threw away, was told, and did."""
    mine: dict[str, Any] = {"tenant_id": who.tenant_id, "user_id": who.user_id}
    rows = list(Document.objects.filter(folder=acme.folder)[:number])
    Star.objects.bulk_create((Star(**mine, document=r) for r in rows), ignore_conflicts=True)
    Visit.objects.bulk_create(
        (Visit(**mine, document=r, at=timezone.now()) for r in rows), ignore_conflicts=True
    )
    given = [r for r in rows if r.created_by_id == acme.alice.user_id]
    key = {**mine, "permission_id": permission_for("document", Role.READ)}
    key |= {"granted_by_id": acme.carol.user_id, "granted_at": timezone.now()}
    DocumentUserGrant.objects.bulk_create(
        (DocumentUserGrant(**key, content_object=r) for r in given), ignore_conflicts=True
    )
    Notification.objects.bulk_create(
        Notification(**mine, kind=Notice.ACCESS_GIVEN, actor_id=acme.carol.user_id, node=r.pk)
        for r in rows
    )
    thrown = {"tenant_id": who.tenant_id, "by_id": who.user_id, "kind": "document"}
    Trashing.objects.bulk_create(Trashing(**thrown, name=r.name, node=r.pk) for r in rows)
    asking = {"tenant_id": who.tenant_id, "kind": "document", "role": "manage"}
    AccessRequest.objects.bulk_create(
        (
            AccessRequest(**asking, asker_id=asker, node=r.pk)
            for r in rows
            for asker in (who.user_id, acme.dan.user_id)
        ),
        ignore_conflicts=True,
    )
    asked = {"tenant_id": who.tenant_id, "membership_id": who.membership_id, "total": 1}
    Job.objects.bulk_create(
        Job(**asked, act="move", target=acme.folder.pk, documents=[r.pk]) for r in rows
    )
    for row in rows:
        record(who, Event.DOCUMENT_RENAMED, acme.contract, before=row.name, after=row.name)
    settle_the_trail()


# Queries at most, with those around each page or call: session or token, seat, meter, requests.
PAGES = {
    "files/{folder}/": 24,
    "files/{folder}/?sort=-size": 24,
    "search/?q=doc": 26,
    "documents/": 18,
    "documents/?sort=name": 18,
    "recent/": 17,
    "starred/": 23,
    "shared/": 25,
    "trash/": 12,
    "news/": 16,
    "requests/": 23,
    "jobs/": 12,
    "d/{document}/activity/": 19,
    "d/{document}/versions/": 15,
    "files/{folder}/access/": 31,
    "files/{folder}/upload/": 14,
    "d/{document}/": 18,
    "d/{document}/access/": 35,
    "d/{document}/share/": 27,
    "members/me/access/": 43,
}
FOR_ADMINS = {
    "admin/audit/": 17,
    "members/": 12,
    "members/{bob}/access/": 41,
    "teams/": 12,
    "teams/{everyone}/": 22,
    "teams/{empty}/add/": 15,
}
CALLS = {
    "/documents": 8,
    "/documents?q=doc": 7,
    "/documents?starred=true": 7,
    "/trash": 3,
    "/shared": 17,
    "/notifications": 6,
    "/access-requests": 9,
    "/jobs": 4,
    "/access-requests?box=mine": 5,
    "/documents/{document}/activity": 10,
    "": 5,
    "/folders/{folder}": 4,
    "/folders/{folder}/children": 13,
    "/folders/{folder}/access": 14,
    "/folders/{folder}/grants": 11,
    "/documents/{document}": 7,
    "/documents/{document}/access": 16,
    "/documents/{document}/links": 5,
    "/usage": 7,
    "/members": 2,
    "/members/{bob}/access": 23,
    "/members/{bob}/documents": 13,
    "/teams": 2,
}


@pytest.mark.parametrize("door", ["alice", pytest.param("bob", marks=pytest.mark.proof), "api"])
def test_pages_and_calls_cost_no_more_with_many_rows(acme: Acme, door: str) -> None:
    """One less, where the first way to find a page is enough: among few there is no full page."""
    api = api_of(acme.bob, acme.slug)
    client = api.client if door == "api" else signed_in(getattr(acme, door))
    base = api.base if door == "api" else f"/o/{acme.slug}/"
    most = CALLS if door == "api" else PAGES | (FOR_ADMINS if door == "alice" else {})
    ids = {
        "folder": acme.folder.pk,
        "document": acme.contract.pk,
        "bob": acme.bob.membership_id,
        **two_teams(acme),
    }
    gets = {path: ok(client, base + path.format(**ids)) for path in most}
    crowd(acme, FEW)
    few = {path: queries(get) for path, get in gets.items()}
    crowd(acme, MANY)
    many = {path: queries(get) for path, get in gets.items()}
    assert {path: cost for path, cost in many.items() if cost > few[path]} == {}
    assert {path: cost for path, cost in few.items() if cost > most[path]} == {}


def test_an_upload_costs_the_same_in_a_full_folder(acme: Acme) -> None:
    def upload() -> object:
        return put(acme.bob, acme.folder.pk, "same.pdf")

    upload()
    crowd(acme, FEW)
    few = queries(upload)
    crowd(acme, MANY)
    assert queries(upload) == few
