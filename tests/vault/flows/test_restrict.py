import pytest

from tenants.errors import Invalid, NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme
from tests.vault.scene import trail
from vault.access import Role
from vault.events import Event
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.models import Document, DocumentUserGrant, Folder, FolderUserGrant
from vault.names import DisplayName
from vault.rights.fetching import fetch_document, fetch_folder


def manager(acme: Acme) -> None:
    """Bob manages the folder, without being an admin."""
    to = Principal("user", acme.bob.user_id)
    grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.MANAGE)


def test_a_restricted_folder_ignores_the_keys_above(in_acme: Acme) -> None:
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    with pytest.raises(NotFound):  # she reads the root
        fetch_folder(in_acme.carol, in_acme.folder.pk)
    with pytest.raises(NotFound):
        fetch_document(in_acme.carol, in_acme.contract.pk)
    assert fetch_folder(in_acme.bob, in_acme.folder.pk).role == Role.EDIT  # his is at the wall


def test_a_restricted_document_ignores_its_folders_keys(in_acme: Acme) -> None:
    restrict_document(in_acme.alice, in_acme.contract.pk)
    for actor in (in_acme.bob, in_acme.carol):
        with pytest.raises(NotFound):
            fetch_document(actor, in_acme.contract.pk)
        assert fetch_folder(actor, in_acme.folder.pk).role >= Role.READ


def test_whoever_puts_up_a_wall_stands_inside_it(in_acme: Acme) -> None:
    manager(in_acme)
    inner = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Inner"))
    restrict_folder(in_acme.bob, inner.pk)
    restrict_document(in_acme.bob, in_acme.contract.pk)
    assert fetch_folder(in_acme.bob, inner.pk).role == Role.MANAGE
    assert fetch_document(in_acme.bob, in_acme.contract.pk).role == Role.MANAGE
    mine = {"user_id": in_acme.bob.user_id}
    assert FolderUserGrant.objects.get(content_object=inner, **mine).role == Role.MANAGE
    assert DocumentUserGrant.objects.get(**mine).role == Role.MANAGE


def test_owners_pass_every_wall(in_acme: Acme) -> None:
    manager(in_acme)
    restrict_document(in_acme.bob, in_acme.contract.pk)
    restrict_folder(in_acme.bob, in_acme.folder.pk)
    assert fetch_document(in_acme.alice, in_acme.contract.pk).role == Role.MANAGE


def test_opening_a_wall_brings_the_keys_above_back(in_acme: Acme) -> None:
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    restrict_document(in_acme.alice, in_acme.contract.pk)
    open_folder(in_acme.alice, in_acme.folder.pk)
    with pytest.raises(NotFound):
        fetch_document(in_acme.carol, in_acme.contract.pk)
    open_document(in_acme.alice, in_acme.contract.pk)
    assert fetch_document(in_acme.carol, in_acme.contract.pk).role == Role.READ


def test_opening_one_wall_leaves_the_next_one_above(in_acme: Acme) -> None:
    inner = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Inner"))
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    restrict_folder(in_acme.alice, inner.pk)
    open_folder(in_acme.alice, inner.pk)
    with pytest.raises(NotFound):
        fetch_folder(in_acme.carol, inner.pk)
    assert fetch_folder(in_acme.bob, inner.pk).role == Role.EDIT


def test_walls_are_for_those_who_manage(in_acme: Acme) -> None:
    for actor, refusal in ((in_acme.bob, TooWeak), (in_acme.dan, NotFound)):
        for change in (restrict_folder, open_folder):
            with pytest.raises(refusal):
                change(actor, in_acme.folder.pk)
        for change in (restrict_document, open_document):
            with pytest.raises(refusal):
                change(actor, in_acme.contract.pk)
    assert not Folder.objects.get(pk=in_acme.folder.pk).restricted
    assert not Document.objects.get(pk=in_acme.contract.pk).restricted


def test_a_home_keeps_its_wall(in_acme: Acme) -> None:
    home = home_of(in_acme.bob)
    assert home is not None
    with pytest.raises(Invalid):
        open_folder(in_acme.bob, home.pk)
    assert Folder.objects.get(pk=home.pk).restricted
    with pytest.raises(NotFound):
        fetch_folder(in_acme.carol, home.pk)


def test_a_guest_has_no_home(in_acme: Acme) -> None:
    assert home_of(in_acme.dan) is None


def test_the_second_wall_changes_and_records_nothing(acme: Acme) -> None:
    with scope(acme.tenant_id):
        for _ in range(2):
            restrict_folder(acme.alice, acme.folder.pk)
            restrict_document(acme.alice, acme.contract.pk)
        for _ in range(2):
            open_folder(acme.alice, acme.folder.pk)
            open_document(acme.alice, acme.contract.pk)
    for action in (
        Event.FOLDER_RESTRICTED,
        Event.FOLDER_UNRESTRICTED,
        Event.DOCUMENT_RESTRICTED,
        Event.DOCUMENT_UNRESTRICTED,
    ):
        assert len(trail(acme.tenant_id, action)) == 1


def test_a_key_inside_a_wall_opens_for_a_guest(in_acme: Acme) -> None:
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    to = Principal("user", in_acme.dan.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.READ)
    assert fetch_document(in_acme.dan, in_acme.contract.pk).role == Role.READ
