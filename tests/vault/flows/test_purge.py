from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from sharing.flows.create import Terms, create_link
from sharing.models import Link
from tenants.actor import System
from tenants.errors import NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import pdf, put
from vault.flows.copy import copy_document
from vault.flows.folders import create_folder
from vault.flows.purge import purge, purge_overdue, purge_tenant, remove
from vault.flows.trash import restore, restore_node, trash_document, trash_folder, trash_of
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
    purge_overdue()
    with scope(acme.tenant_id):
        assert not Document.with_trash.filter(pk=acme.contract.pk).exists()


def test_a_second_purge_finds_nothing(acme: Acme) -> None:
    with scope(acme.tenant_id):
        trashing = trash_document(acme.bob, acme.contract.pk)
    purge(acme.alice, trashing.pk)
    with pytest.raises(NotFound):
        purge(acme.alice, trashing.pk)


def test_what_was_thrown_away_out_of_a_folder_goes_with_the_folder(acme: Acme) -> None:
    with scope(acme.tenant_id):
        inner = create_folder(acme.bob, acme.folder.pk, name=DisplayName("Inner"))
    put(acme.bob, inner.pk, "deep.pdf")
    with scope(acme.tenant_id):
        trash_document(acme.bob, acme.contract.pk)
        trash_folder(acme.bob, inner.pk)
        outer = trash_folder(acme.alice, acme.folder.pk)
    purge(acme.alice, outer.pk)
    with scope(acme.tenant_id):
        assert not Trashing.objects.exists()
        assert not Document.with_trash.exists()
        assert stored() == 0


def test_two_that_go_at_once_leave_nothing_of_what_they_shared(acme: Acme) -> None:
    """The first has marked its act and is removing bytes when the second begins."""
    with scope(acme.tenant_id):
        copy = copy_document(acme.alice, acme.contract.pk, to=acme.root.pk)
        first = trash_document(acme.alice, acme.contract.pk)
        second = trash_document(acme.alice, copy.pk)
        Trashing.objects.filter(pk=first.pk).update(purging=True)
    purge(acme.alice, second.pk)
    purge(acme.alice, first.pk)
    with scope(acme.tenant_id):
        assert stored() == 0
        assert set(Blob.objects.values_list("state", flat=True)) == {"gone"}
        assert not any(vault_storage().holds(blob.key) for blob in Blob.objects.all())


def test_what_has_begun_to_go_is_not_got_back(acme: Acme) -> None:
    with scope(acme.tenant_id):
        act = trash_document(acme.bob, acme.contract.pk)
        Trashing.objects.filter(pk=act.pk).update(purging=True)
        for get_back in (
            lambda: restore(acme.bob, act.pk),
            lambda: restore_node(acme.bob, act.node),
        ):
            with pytest.raises(NotFound):
                get_back()


def test_what_a_crash_broke_off_goes_on_by_itself(acme: Acme) -> None:
    with scope(acme.tenant_id):
        act = trash_document(acme.bob, acme.contract.pk)
        Trashing.objects.filter(pk=act.pk).update(purging=True)
        assert trash_of(acme.alice) == ([], None)
    purge_overdue()
    with scope(acme.tenant_id):
        assert not Trashing.objects.exists()
        assert stored() == 0


def test_the_purge_of_what_was_got_back_meanwhile_does_nothing(acme: Acme) -> None:
    with scope(acme.tenant_id):
        act = trash_document(acme.bob, acme.contract.pk)
        restore(acme.bob, act.pk)
    remove(System(acme.tenant_id, "purge"), act)
    with scope(acme.tenant_id):
        assert Document.objects.filter(pk=acme.contract.pk).exists()
        assert stored() > 0


def test_one_organisations_trouble_keeps_no_others_trash(
    acme: Acme, rival: Rival, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(rival.mallory, rival.root.pk, "plans.pdf")
    for who, node in ((acme.bob, acme.contract.pk), (rival.mallory, None)):
        with scope(who.tenant_id):
            trash_document(who, node or Document.objects.get().pk)
            Trashing.objects.update(at=timezone.now() - timedelta(days=31))

    def fails_for_acme(tenant_id: UUID) -> int:
        if tenant_id == acme.tenant_id:
            raise OSError("the disk is away")
        return purge_tenant(tenant_id)

    monkeypatch.setattr("vault.flows.purge.purge_tenant", fails_for_acme)
    purge_overdue()
    for who, left in ((acme.bob, True), (rival.mallory, False)):
        with scope(who.tenant_id):
            assert Trashing.objects.exists() == left
