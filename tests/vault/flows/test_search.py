from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.actor import Member
from tenants.errors import Invalid, NotFound
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import png, put
from vault.flows.folders import create_folder
from vault.flows.rename import rename
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.search import PAGE, Query, folders_named, search
from vault.flows.trash import trash_document
from vault.names import DisplayName
from vault.rights.keyrings import keyring_of


def names(actor: Member, words: str = "", **narrow: object) -> list[str]:
    query = Query(words=words, **narrow)  # type: ignore[arg-type]
    with scope(actor.tenant_id):
        return [row.document.name for row in search(actor, query).documents]


@pytest.fixture
def invoice(acme: Acme) -> str:
    return put(acme.alice, acme.folder.pk, "Rechnung 100% Northwind_0411.pdf").name


@pytest.mark.parametrize("words", ["northw", "0411 rech", "100%", "d_0411", "RECHNUNG"])
def test_it_finds_by_any_part_of_the_name(acme: Acme, invoice: str, words: str) -> None:
    assert names(acme.carol, words) == [invoice]


@pytest.mark.parametrize("words", ["h_t", "1%0", "northwest", "\\", "' OR 1=1 --"])
def test_it_takes_what_is_typed_as_it_is(acme: Acme, invoice: str, words: str) -> None:
    assert names(acme.carol, words) == []


def test_it_finds_nothing_that_may_not_be_seen(acme: Acme, rival: Rival, invoice: str) -> None:
    assert names(acme.dan, "northwind") == []
    assert names(rival.mallory, "northwind") == []
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
    assert names(acme.carol, "contract") == []
    assert names(acme.alice, "contract") == ["contract.pdf"]


def test_a_new_name_is_found_and_the_old_one_is_not(acme: Acme) -> None:
    with scope(acme.tenant_id):
        rename(acme.bob, acme.contract.pk, to=DisplayName("lease.pdf"))
    assert names(acme.bob, "contract") == []
    assert names(acme.bob, "lease") == ["lease.pdf"]


def test_what_is_in_the_trash_is_not_found(acme: Acme) -> None:
    with scope(acme.tenant_id):
        trash_document(acme.bob, acme.contract.pk)
    assert names(acme.bob, "contract") == []


def test_type_owner_folder_and_time_narrow(acme: Acme, invoice: str) -> None:
    with scope(acme.tenant_id):
        inner = create_folder(acme.bob, acme.folder.pk, name=DisplayName("Scans"))
    put(acme.bob, inner.pk, "scan.png", png())
    assert names(acme.carol, extension="png") == ["scan.png"]
    assert names(acme.carol, owner=acme.bob.user_id) == ["scan.png"]
    assert names(acme.carol, folder=inner.pk) == ["scan.png"]
    assert len(names(acme.carol, folder=acme.root.pk)) == 3
    assert names(acme.carol, since=timezone.now() + timedelta(hours=1)) == []


def test_a_folder_that_may_not_be_seen_is_no_filter(acme: Acme) -> None:
    with scope(acme.tenant_id), pytest.raises(NotFound):
        search(acme.dan, Query(folder=acme.folder.pk))


def test_pages_follow_each_other_without_gap_or_repetition(acme: Acme) -> None:
    for number in range(PAGE + 5):
        put(acme.bob, acme.folder.pk, f"n{number}.txt", b"x\n")
    with scope(acme.tenant_id):
        first = search(acme.carol, Query())
        assert first.next is not None
        second = search(acme.carol, Query(), cursor=first.next)
    found = [row.document.pk for page in (first, second) for row in page.documents]
    assert len(found) == len(set(found)) == PAGE + 6
    assert second.next is None


@pytest.mark.parametrize("cursor", ["x", "W10=", "WyIyMDI2IiwgIngiXQ=="])
def test_a_cursor_that_is_not_ours_is_refused(acme: Acme, cursor: str) -> None:
    with scope(acme.tenant_id), pytest.raises(Invalid):
        search(acme.carol, Query(), cursor=cursor)


def folders(actor: Member, words: str = "", **narrow: object) -> list[str]:
    query = Query(words=words, **narrow)  # type: ignore[arg-type]
    with scope(actor.tenant_id):
        return [held.folder.name for held in folders_named(query, keyring_of(actor))]


def test_folders_are_found_by_name_among_what_may_be_seen(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id):
        inner = create_folder(acme.alice, acme.folder.pk, name=DisplayName("Old invoices 50%"))
    assert folders(acme.carol, "INVOI") == ["Invoices", "Old invoices 50%"]
    assert folders(acme.carol, "50% old") == ["Old invoices 50%"]
    assert folders(acme.dan, "invoi") == []
    assert folders(rival.mallory, "invoi") == []
    with scope(acme.tenant_id):
        restrict_folder(acme.alice, inner.pk)
    assert folders(acme.carol, "invoi") == ["Invoices"]


def test_what_only_documents_have_finds_no_folders(acme: Acme) -> None:
    for narrow in (
        {"extension": "pdf"},
        {"owner": acme.bob.user_id},
        {"since": timezone.now()},
        {"starred": True},
    ):
        assert folders(acme.carol, "invoices", **narrow) == []
    assert folders(acme.carol, "") == []


def test_a_folder_is_looked_for_beneath_another_and_is_not_its_own_find(acme: Acme) -> None:
    with scope(acme.tenant_id):
        create_folder(acme.alice, acme.root.pk, name=DisplayName("Invoices beside"))
        create_folder(acme.alice, acme.folder.pk, name=DisplayName("Invoices within"))
    assert folders(acme.carol, "invoices", folder=acme.folder.pk) == ["Invoices within"]
