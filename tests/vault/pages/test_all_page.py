"""All documents: everything that one may see, wherever it lies, and how many that are."""

import re

import pytest

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.vault.rows import add_documents, crowd_of
from tests.vault.scene import api_of
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document
from vault.flows.restrict import restrict_document
from vault.flows.search import PAGE
from vault.models import Document


def names(page: str) -> list[str]:
    return re.findall(r'data-kind="document" data-name="([^"]*)"', page)


@pytest.fixture
def full(acme: Acme) -> Acme:
    """The root, the folder and its contract; 119 more documents."""
    with scope(acme.tenant_id):
        crowd_of(acme.folder, documents=110)
        add_documents(acme.root, [f"At the root {number}" for number in range(9)])
    return acme


def read(full: Acme, who: str, path: str) -> str:
    response = signed_in(getattr(full, who)).get(f"/o/{full.slug}/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_counts_all_and_shows_a_page(full: Acme) -> None:
    for who in ("alice", "carol"):
        page = read(full, who, "documents/")
        assert "120 documents" in page
        assert len(names(page)) == PAGE


def test_large_numbers_are_written_as_people_read_them(full: Acme) -> None:
    with scope(full.tenant_id):
        crowd_of(full.folder, documents=1164)
    assert "1,284 documents" in read(full, "bob", "documents/")


def test_pages_lead_through_everything_once(full: Acme) -> None:
    for sort in ("name", "-name", "changed", "-changed"):
        found, after = [], ""
        while True:
            page = read(full, "carol", f"documents/?sort={sort}{after}")
            found += names(page)
            lead = re.search(r'rel="next" href="\?sort=[^&]*&amp;(after=[^"]*)"', page)
            if lead is None:
                break
            after = f"&{lead[1]}"
        assert len(found) == len(set(found)) == 120
        if "name" in sort:
            assert found == sorted(found, key=str.lower, reverse=sort == "-name")


def test_a_guest_sees_what_was_given_and_its_number(full: Acme) -> None:
    assert "Nothing here yet" in read(full, "dan", "documents/")
    with scope(full.tenant_id):
        to = Principal("user", full.dan.user_id)
        grant_on_document(full.alice, full.contract.pk, to=to, role=Role.READ)
    page = read(full, "dan", "documents/")
    assert names(page) == ["contract.pdf"]
    assert "1 document that you may see" in page


def test_an_order_that_no_index_answers_is_refused(full: Acme) -> None:
    client = signed_in(full.alice)
    assert client.get(f"/o/{full.slug}/documents/?sort=size").status_code == 422


def test_the_api_says_the_number_where_it_is_asked_for(full: Acme) -> None:
    api = api_of(full.carol, full.slug)
    first = api.get("/documents", count=True).json()
    assert first["total"] == 120
    second = api.get("/documents", cursor=first["next"]).json()
    assert second["total"] is None
    assert api.get("/documents", q="contract", count=True).json()["total"] is None
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(set(ids)) == 2 * PAGE


def test_a_folder_says_how_many_documents_the_reader_sees_in_it(full: Acme) -> None:
    folder = f"files/{full.folder.pk}/"
    assert "111 documents" in read(full, "carol", folder)
    with scope(full.tenant_id):
        restrict_document(full.alice, full.contract.pk)
        other = Document.objects.filter(folder=full.folder).exclude(pk=full.contract.pk).first()
        assert other is not None
        restrict_document(full.alice, other.pk)
        to = Principal("user", full.carol.user_id)
        grant_on_document(full.alice, full.contract.pk, to=to, role=Role.READ)
    assert "110 documents" in read(full, "carol", folder)
    assert "111 documents" in read(full, "alice", folder)
