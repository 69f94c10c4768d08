import pytest

from tenants.errors import NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import put
from tests.vault.scene import kept_files, trail
from vault.errors import Exists
from vault.events import Event
from vault.flows.rename import rename
from vault.flows.restrict import restrict_document
from vault.models import Document
from vault.names import DisplayName


def name_of(acme: Acme) -> str:
    with scope(acme.tenant_id):
        return Document.objects.get(pk=acme.contract.pk).name


def test_an_editor_renames_and_the_bytes_stay_where_they_are(acme: Acme) -> None:
    before = kept_files()
    with scope(acme.tenant_id):
        rename(acme.bob, acme.contract.pk, to=DisplayName("Lease.pdf"))
    assert name_of(acme) == "Lease.pdf"
    assert kept_files() == before
    (event,) = trail(acme.tenant_id, Event.DOCUMENT_RENAMED)
    assert event["facts"] == {"before": "contract.pdf", "after": "Lease.pdf"}


def test_who_may_only_read_renames_nothing(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id):
        for actor, refusal in ((acme.carol, TooWeak), (acme.dan, NotFound)):
            with pytest.raises(refusal):
                rename(actor, acme.contract.pk, to=DisplayName("x.pdf"))
    with scope(rival.tenant_id), pytest.raises(NotFound):
        rename(rival.mallory, acme.contract.pk, to=DisplayName("x.pdf"))
    assert name_of(acme) == "contract.pdf"


def test_a_taken_name_is_refused_with_its_holder(acme: Acme) -> None:
    other = put(acme.bob, acme.folder.pk, "Lease.pdf")
    with scope(acme.tenant_id), pytest.raises(Exists) as refusal:
        rename(acme.bob, acme.contract.pk, to=DisplayName("LEASE.pdf"))
    assert refusal.value.document == other.pk


def test_a_hidden_document_takes_no_name(acme: Acme) -> None:
    other = put(acme.alice, acme.folder.pk, "Lease.pdf")
    with scope(acme.tenant_id):
        restrict_document(acme.alice, other.pk)
        rename(acme.bob, acme.contract.pk, to=DisplayName("Lease.pdf"))
    assert name_of(acme) == "Lease.pdf"


def test_the_same_name_again_changes_and_records_nothing(acme: Acme) -> None:
    with scope(acme.tenant_id):
        rename(acme.bob, acme.contract.pk, to=DisplayName("contract.pdf"))
        rename(acme.bob, acme.contract.pk, to=DisplayName("Contract.pdf"))
    assert name_of(acme) == "Contract.pdf"
    assert len(trail(acme.tenant_id, Event.DOCUMENT_RENAMED)) == 1
