"""A page's cost does not grow with its rows: as many queries for a thousand as for ten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenants.actor import Member
from tenants.audit import record
from tenants.models import MembershipRole, Notification
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
from vault.models import Document, DocumentUserGrant, Star, Trashing, Visit
from vault.models.grants import permission_for
from vault.notices import Notice

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
        for who in (acme.alice, acme.bob):
            lists_of(who, acme, number)


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
    for row in rows:
        record(who, Event.DOCUMENT_RENAMED, acme.contract, before=row.name, after=row.name)
    settle_the_trail()


# Queries at most, with those around each page or call: session or token, seat, meter.
PAGES = {
    "files/{folder}/": 26,
    "files/{folder}/?sort=-size": 26,
    "search/?q=doc": 24,
    "documents/": 24,
    "documents/?sort=name": 24,
    "recent/": 20,
    "starred/": 23,
    "shared/": 26,
    "trash/": 9,
    "news/": 14,
    "d/{document}/activity/": 19,
    "d/{document}/versions/": 14,
    "files/{folder}/access/": 26,
    "files/{folder}/upload/": 12,
    "d/{document}/": 20,
    "d/{document}/access/": 30,
    "d/{document}/share/": 23,
}
FOR_ADMINS = {"admin/audit/": 17}
CALLS = {
    "/documents": 17,
    "/documents?q=doc": 15,
    "/documents?starred=true": 15,
    "/trash": 6,
    "/shared": 22,
    "/notifications": 8,
    "/documents/{document}/activity": 13,
    "": 7,
    "/folders/{folder}": 6,
    "/folders/{folder}/children": 19,
    "/folders/{folder}/access": 14,
    "/folders/{folder}/grants": 12,
    "/documents/{document}": 14,
    "/documents/{document}/access": 16,
    "/documents/{document}/links": 7,
    "/usage": 9,
    "/members": 4,
    "/teams": 4,
}


@pytest.mark.parametrize("door", ["alice", "bob", "api"])
def test_pages_and_calls_cost_the_same_with_many_rows(acme: Acme, door: str) -> None:
    api = api_of(acme.bob, acme.slug)
    client = api.client if door == "api" else signed_in(getattr(acme, door))
    base = api.base if door == "api" else f"/o/{acme.slug}/"
    most = CALLS if door == "api" else PAGES | (FOR_ADMINS if door == "alice" else {})
    ids = {"folder": acme.folder.pk, "document": acme.contract.pk}
    gets = {path: ok(client, base + path.format(**ids)) for path in most}
    crowd(acme, FEW)
    few = {path: queries(get) for path, get in gets.items()}
    crowd(acme, MANY)
    assert {path: queries(get) for path, get in gets.items()} == few
    assert {path: cost for path, cost in few.items() if cost > most[path]} == {}


def test_an_upload_costs_the_same_in_a_full_folder(acme: Acme) -> None:
    def upload() -> object:
        return put(acme.bob, acme.folder.pk, "same.pdf")

    upload()
    crowd(acme, FEW)
    few = queries(upload)
    crowd(acme, MANY)
    assert queries(upload) == few
