from datetime import timedelta

import pytest
from django.utils import timezone

from sharing.flows.create import Terms, create_link
from sharing.models import Link
from tenants.errors import NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf, put
from vault.flows.folders import create_folder
from vault.flows.purge import purge, purge_overdue, purge_tenant
from vault.flows.trash import trash_document, trash_folder
from vault.flows.versions import restore_version
from vault.models import Blob, Document, Folder, Trashing, Usage, Version
from vault.names import DisplayName
from vault.storage import vault_storage


def stored() -> int:
    return int(Usage.objects.of(None).get().stored)


def test_bytes_rows_and_room_go(acme: Acme) -> None:
    with scope(acme.tenant_id):
        inner = create_folder(acme.bob, acme.folder.pk, name=DisplayName("Inner"))
    put(acme.bob, inner.pk, "deep.pdf")
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf("again"), on_conflict="version")
    with scope(acme.tenant_id):
        keys = [blob.key for blob in Blob.objects.all()]
        create_link(acme.bob, acme.contract.pk, terms=Terms())
        trashing = trash_folder(acme.alice, acme.folder.pk)
        assert stored() > 0
    purge(acme.alice, trashing.pk)
    with scope(acme.tenant_id):
        assert stored() == 0
        for rows in (Document.with_trash, Version.objects, Link.objects, Trashing.objects):
            assert not rows.exists()
        assert not Folder.with_trash.filter(pk__in=[acme.folder.pk, inner.pk]).exists()
        assert set(Blob.objects.values_list("state", flat=True)) == {"gone"}
    assert not any(vault_storage().holds(key) for key in keys)


def test_a_restored_versions_bytes_are_counted_once(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf("again"), on_conflict="version")
    with scope(acme.tenant_id):
        before = stored()
        restore_version(acme.bob, acme.contract.pk, 1)
        assert stored() == before
        trashing = trash_document(acme.bob, acme.contract.pk)
    purge(acme.alice, trashing.pk)
    with scope(acme.tenant_id):
        assert stored() == 0


def test_only_admins_empty_the_trash(acme: Acme) -> None:
    with scope(acme.tenant_id):
        trashing = trash_document(acme.bob, acme.contract.pk)
    with pytest.raises(TooWeak):
        purge(acme.bob, trashing.pk)
    with scope(acme.tenant_id):
        assert Document.with_trash.filter(pk=acme.contract.pk).exists()


def test_what_lay_there_for_its_time_goes_by_itself(acme: Acme) -> None:
    with scope(acme.tenant_id):
        trashing = trash_document(acme.bob, acme.contract.pk)
    assert purge_tenant(acme.tenant_id) == 0
    with scope(acme.tenant_id):
        Trashing.objects.filter(pk=trashing.pk).update(at=timezone.now() - timedelta(days=31))
    assert purge_overdue() == 1
    with scope(acme.tenant_id):
        assert not Document.with_trash.filter(pk=acme.contract.pk).exists()


def test_a_second_purge_finds_nothing(acme: Acme) -> None:
    with scope(acme.tenant_id):
        trashing = trash_document(acme.bob, acme.contract.pk)
    purge(acme.alice, trashing.pk)
    with pytest.raises(NotFound):
        purge(acme.alice, trashing.pk)
