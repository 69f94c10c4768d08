import pytest

from tenants.errors import NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf, put
from vault.flows.download import download
from vault.flows.filing import AsVersion
from vault.flows.upload import receiving_at
from vault.flows.versions import download_version, restore_version, versions_of
from vault.models import Document, Reservation
from vault.rights.fetching import fetch_document

SECOND = pdf("the second")


def replaced(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "contract.pdf", SECOND, on_conflict="version")


def test_a_replaced_document_keeps_the_version_before(acme: Acme) -> None:
    replaced(acme)
    with scope(acme.tenant_id):
        held = fetch_document(acme.carol, acme.contract.pk)
        assert [version.number for version in versions_of(held)] == [2, 1]
        assert download(acme.carol, acme.contract.pk).size == len(SECOND)
        assert download_version(acme.carol, acme.contract.pk, 1).size == len(pdf("contract.pdf"))


def test_restoring_makes_a_new_version_that_says_from_which(acme: Acme) -> None:
    replaced(acme)
    with scope(acme.tenant_id):
        restored = restore_version(acme.bob, acme.contract.pk, 1)
        held = fetch_document(acme.bob, acme.contract.pk)
        assert (restored.number, restored.restored_from) == (3, 1)
        assert held.document.current_id == restored.pk
        assert len(versions_of(held)) == 3


def test_restoring_the_newest_changes_nothing(acme: Acme) -> None:
    replaced(acme)
    with scope(acme.tenant_id):
        assert restore_version(acme.bob, acme.contract.pk, 2).number == 2
        assert len(versions_of(fetch_document(acme.bob, acme.contract.pk))) == 2


def test_a_reader_cannot_restore_and_a_number_that_is_not_there_is_nothing(acme: Acme) -> None:
    replaced(acme)
    with scope(acme.tenant_id):
        with pytest.raises(TooWeak):
            restore_version(acme.carol, acme.contract.pk, 1)
        with pytest.raises(NotFound):
            restore_version(acme.dan, acme.contract.pk, 1)
        with pytest.raises(NotFound):
            download_version(acme.bob, acme.contract.pk, 9)


def test_a_file_of_another_name_becomes_a_version_and_the_name_stays(acme: Acme) -> None:
    target = AsVersion(acme.contract.pk)
    with receiving_at(acme.bob, target, length=len(SECOND)) as intake:
        arrival = intake.begin("scan 0007.pdf")
        arrival.incoming.write(SECOND)
        intake.file(arrival, on_conflict="version")
    with scope(acme.tenant_id):
        document = Document.objects.select_related("current").get(pk=acme.contract.pk)
        assert document.current is not None
        assert (document.name, document.current.number) == ("contract.pdf", 2)


def test_a_reader_cannot_send_a_version(acme: Acme) -> None:
    target = AsVersion(acme.contract.pk)
    with pytest.raises(TooWeak), receiving_at(acme.carol, target, length=10):
        pass
    with scope(acme.tenant_id):
        assert not Reservation.objects.exists()
