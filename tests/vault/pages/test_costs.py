"""A page's cost does not grow with its rows: as many queries for sixty as for five."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenants.models import MembershipRole
from tenants.scoping import scope
from tests.cast import Acme, account, signed_in
from tests.factories import put
from tests.vault.rows import crowd_of
from tests.vault.scene import api_of
from vault.access import Role
from vault.flows.founding import join_organisation
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.models import Document

FEW, MANY = 5, 60
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
    """Rows, and people with keys; some rows have keys of their own, too."""
    with scope(acme.tenant_id):
        crowd_of(acme.folder, folders=number // 2, documents=number)
        documents = Document.objects.filter(folder=acme.folder).order_by("-name")[:3]
        for _ in range(number // 5):
            seat = join_organisation(acme.alice, account("person"), MembershipRole.GUEST)
            to = Principal("user", seat.user_id)
            grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.READ)
            for document in (acme.contract, *documents):
                grant_on_document(acme.alice, document.pk, to=to, role=Role.EDIT)


# Queries at most, with those around each page or call: session or token, seat, meter.
PAGES = {
    "files/{folder}/": 23,
    "files/{folder}/access/": 24,
    "files/{folder}/upload/": 12,
    "d/{document}/": 20,
    "d/{document}/access/": 28,
    "d/{document}/share/": 21,
}
CALLS = {
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
    most = CALLS if door == "api" else PAGES
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
