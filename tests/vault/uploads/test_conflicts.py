"""A name that is taken: refused, a new version, or both kept; judged among what one may see."""

import hashlib
from functools import partial

import pytest

from tenants.errors import TooWeak
from tenants.scoping import scope
from tests.cast import Acme, found_acme
from tests.factories import pdf, put
from tests.vault.scene import all_at_once, kept_files, remains, storage_root, trail
from tests.vault.uploads.doors import file, upload
from vault.access import Role
from vault.errors import Exists
from vault.events import Event
from vault.flows.filing import OnConflict
from vault.flows.grant import Principal, grant_on_document
from vault.flows.restrict import restrict_document
from vault.models import Document, Version

WAYS: tuple[OnConflict, ...] = ("refuse", "version", "keep_both")
NEW = pdf("another", size=3000)


def names(acme: Acme) -> list[str]:
    with scope(acme.tenant_id):
        documents = Document.objects.filter(folder=acme.folder)
        return sorted(documents.values_list("name", flat=True))


def versions(document: Document) -> list[tuple[int, bytes]]:
    """Numbers, and the bytes that lie at their keys."""
    with scope(document.tenant_id):
        rows = Version.objects.filter(document=document).select_related("blob").order_by("number")
        return [(v.number, (storage_root() / str(v.blob.file.name)).read_bytes()) for v in rows]


def test_a_new_version_keeps_the_document_and_the_bytes_before(acme: Acme) -> None:
    old = pdf("contract.pdf")
    again = put(acme.bob, acme.folder.pk, "Contract.PDF", NEW, on_conflict="version")
    assert again.pk == acme.contract.pk
    assert versions(acme.contract) == [(1, old), (2, NEW)]
    assert names(acme) == ["contract.pdf"]
    event = trail(acme.tenant_id, Event.DOCUMENT_REPLACED)[-1]
    assert event["facts"]["version"] == 2
    assert event["facts"]["sha256"] == hashlib.sha256(NEW).hexdigest()


def test_both_are_kept_under_names_that_differ(acme: Acme) -> None:
    for _ in range(3):
        put(acme.bob, acme.folder.pk, "contract.pdf", NEW, on_conflict="keep_both")
    expected = ["contract (2).pdf", "contract (3).pdf", "contract (4).pdf", "contract.pdf"]
    assert names(acme) == expected
    assert versions(acme.contract) == [(1, pdf("contract.pdf"))]


def test_a_refused_one_changes_nothing(acme: Acme) -> None:
    before = remains(acme.tenant_id)
    with pytest.raises(Exists) as refusal:
        put(acme.bob, acme.folder.pk, "CONTRACT.pdf", NEW, on_conflict="refuse")
    assert refusal.value.document == acme.contract.pk
    assert remains(acme.tenant_id) == before


def test_a_free_name_is_no_conflict(acme: Acme) -> None:
    for number, way in enumerate(WAYS):
        assert (
            put(acme.bob, acme.folder.pk, f"{number}.pdf", on_conflict=way).name == f"{number}.pdf"
        )


def test_a_page_keeps_both_and_the_api_refuses_if_nothing_is_said(acme: Acme) -> None:
    page = upload("script", acme, acme.bob, file("contract.pdf", NEW))
    assert page.json()["documents"][0]["name"] == "contract (2).pdf"
    assert upload("api", acme, acme.bob, file("contract.pdf", NEW)).status_code == 409


@pytest.mark.parametrize("door", ["script", "api"])
@pytest.mark.parametrize("way", WAYS)
def test_a_hidden_twin_changes_nothing_that_can_be_seen(
    acme: Acme, way: OnConflict, door: str
) -> None:
    """Else an upload would tell which names stand behind a wall."""
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
    response = upload(door, acme, acme.bob, file("contract.pdf", NEW), on_conflict=way)  # type: ignore[arg-type]
    assert response.status_code == 201
    answer = response.json()
    filed = answer if door == "api" else answer["documents"][0]
    assert filed["name"] == "contract.pdf"
    assert filed["id"] != str(acme.contract.pk)
    assert versions(acme.contract) == [(1, pdf("contract.pdf"))]


@pytest.fixture
def readable(acme: Acme) -> Acme:
    """Bob edits the folder, and may only read the contract in it."""
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
        to = Principal("user", acme.bob.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)
    return acme


def test_who_may_only_read_the_twin_cannot_replace_it(readable: Acme) -> None:
    """The bytes and the row stay as they were, not only the answer is right."""
    before = remains(readable.tenant_id)
    with pytest.raises(TooWeak):
        put(readable.bob, readable.folder.pk, "contract.pdf", NEW, on_conflict="version")
    assert remains(readable.tenant_id) == before
    assert versions(readable.contract) == [(1, pdf("contract.pdf"))]


def test_who_may_only_read_the_twin_keeps_both(readable: Acme) -> None:
    with pytest.raises(Exists):
        put(readable.bob, readable.folder.pk, "contract.pdf", NEW, on_conflict="refuse")
    put(readable.bob, readable.folder.pk, "contract.pdf", NEW, on_conflict="keep_both")
    assert names(readable) == ["contract (2).pdf", "contract.pdf"]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("way", WAYS)
def test_files_of_one_name_at_once_see_each_other(way: OnConflict) -> None:
    acme = found_acme()
    contents = [pdf(str(number)) for number in range(12)]
    outcomes = all_at_once(
        [
            partial(put, acme.bob, acme.folder.pk, "same.pdf", content, on_conflict=way)
            for content in contents
        ]
    )
    filed = [outcome for outcome in outcomes if isinstance(outcome, Document)]
    if way == "refuse":
        assert len(filed) == 1
        assert sum(isinstance(outcome, Exists) for outcome in outcomes) == 11
    elif way == "version":
        assert {document.pk for document in filed} == {filed[0].pk}
        kept = versions(filed[0])
        assert [number for number, _ in kept] == list(range(1, 13))
        assert sorted(content for _, content in kept) == sorted(contents)
    else:
        expected = ["same.pdf", *(f"same ({number}).pdf" for number in range(2, 13))]
        assert sorted(document.name for document in filed) == sorted(expected)
    assert len(kept_files()) == remains(acme.tenant_id).blobs
