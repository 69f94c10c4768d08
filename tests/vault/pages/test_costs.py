"""A page's cost does not grow with its rows: as many queries for sixty as for five."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenants.scoping import scope
from tests.cast import Acme, account, signed_in
from tests.factories import put
from tests.vault.rows import crowd_of
from tests.vault.scene import api_of
from vault.access import Role
from vault.flows.founding import join_organisation
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.models import Document
from tenants.models import MembershipRole

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
    """People with keys of their own, and rows of which some have keys of their own, too."""
    with scope(acme.tenant_id):
        crowd_of(acme.folder, folders=number // 2, documents=number)
        documents = Document.objects.filter(folder=acme.folder)[: number // 5]
        for _ in range(number // 5):
            seat = join_organisation(acme.alice, account("person"), MembershipRole.GUEST)
            to = Principal("user", seat.user_id)
            grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.READ)
            grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.EDIT)
            for document in documents[:3]:
                grant_on_document(acme.alice, document.pk, to=to, role=Role.READ)


# Queries of each page, together with those around it: session, seat, meter.
PAGES = {
    "files/{folder}/": 18,
    "files/{folder}/access/": 22,
    "files/{folder}/upload/": 13,
    "d/{document}/": 20,
    "d/{document}/access/": 23,
    "d/{document}/share/": 20,
}


@pytest.mark.parametrize(("path", "most"), PAGES.items(), ids=PAGES.keys())
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_a_page_costs_the_same_with_many_rows(acme: Acme, path: str, most: int, who: str) -> None:
    address = path.format(folder=acme.folder.pk, document=acme.contract.pk)
    get = ok(signed_in(getattr(acme, who)), f"/o/{acme.slug}/{address}")
    crowd(acme, FEW)
    few = queries(get)
    crowd(acme, MANY)
    assert queries(get) == few <= most


CALLS = {
    "": 9,
    "/folders/{folder}": 8,
    "/folders/{folder}/children": 15,
    "/folders/{folder}/access": 15,
    "/folders/{folder}/grants": 15,
    "/documents/{document}": 16,
    "/documents/{document}/access": 17,
    "/documents/{document}/links": 9,
    "/usage": 10,
    "/members": 6,
    "/teams": 6,
}


@pytest.mark.parametrize(("path", "most"), CALLS.items(), ids=CALLS.keys())
def test_a_call_costs_the_same_with_many_rows(acme: Acme, path: str, most: int) -> None:
    api = api_of(acme.bob, acme.slug)
    get = ok(api.client, api.base + path.format(folder=acme.folder.pk, document=acme.contract.pk))
    crowd(acme, FEW)
    few = queries(get)
    crowd(acme, MANY)
    assert queries(get) == few <= most


def test_an_upload_costs_the_same_in_a_full_folder(acme: Acme) -> None:
    def upload() -> object:
        return put(acme.bob, acme.folder.pk, "same.pdf")

    upload()
    crowd(acme, FEW)
    few = queries(upload)
    crowd(acme, MANY)
    assert queries(upload) == few
