import pytest

from sharing.errors import LinkUnavailable
from sharing.flows.create import Terms, create_link
from sharing.flows.redeem import open_link
from sharing.tokens import token_of
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import put
from vault.access import Role
from vault.flows.browse import contents
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_folder, revoke_grant
from vault.flows.restrict import restrict_folder
from vault.flows.trash import restore, trash, trash_document, trash_folder, trash_of
from vault.models import Document, Folder, FolderUserGrant
from vault.names import DisplayName
from vault.rights.fetching import fetch_document, fetch_folder


def test_what_is_thrown_away_is_gone_from_every_way_to_it(in_acme: Acme) -> None:
    trash_document(in_acme.bob, in_acme.contract.pk)
    with pytest.raises(NotFound):
        fetch_document(in_acme.alice, in_acme.contract.pk)
    assert not contents(in_acme.alice, in_acme.folder.pk).documents


def test_it_comes_back_as_it_was(in_acme: Acme) -> None:
    trashing = trash_document(in_acme.bob, in_acme.contract.pk)
    restore(in_acme.bob, trashing.pk)
    held = fetch_document(in_acme.carol, in_acme.contract.pk)
    assert (held.role, held.document.folder_id) == (Role.READ, in_acme.folder.pk)
    assert trash_of(in_acme.bob) == ([], None)


def test_a_folder_goes_and_comes_back_with_everything_beneath_it(in_acme: Acme) -> None:
    inner = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Inner"))
    paper = put(in_acme.bob, inner.pk, "deep.pdf")
    trashing = trash_folder(in_acme.bob, in_acme.folder.pk)
    assert trashing.documents == 2
    for gone in (in_acme.folder.pk, inner.pk):
        with pytest.raises(NotFound):
            fetch_folder(in_acme.alice, gone)
    restore(in_acme.bob, trashing.pk)
    assert fetch_document(in_acme.bob, paper.pk).document.folder_id == inner.pk


def test_what_was_thrown_away_before_its_folder_stays_in_the_trash(in_acme: Acme) -> None:
    first = trash_document(in_acme.bob, in_acme.contract.pk)
    second = trash_folder(in_acme.bob, in_acme.folder.pk)
    with pytest.raises(Invalid):
        restore(in_acme.bob, first.pk)
    restore(in_acme.bob, second.pk)
    assert not Document.objects.filter(pk=in_acme.contract.pk).exists()
    restore(in_acme.bob, first.pk)
    assert Document.objects.filter(pk=in_acme.contract.pk).exists()


def test_a_folder_that_hides_something_is_not_the_editors_to_throw_away(in_acme: Acme) -> None:
    hidden = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Payroll"))
    restrict_folder(in_acme.alice, hidden.pk)
    with pytest.raises(TooWeak):
        trash_folder(in_acme.bob, in_acme.folder.pk)
    assert Folder.objects.filter(pk=in_acme.folder.pk).exists()


def test_a_reader_cannot_throw_away(in_acme: Acme) -> None:
    with pytest.raises(TooWeak):
        trash_document(in_acme.carol, in_acme.contract.pk)
    with pytest.raises(NotFound):
        trash_document(in_acme.dan, in_acme.contract.pk)


def test_roots_and_homes_are_never_thrown_away(in_acme: Acme) -> None:
    home = home_of(in_acme.alice)
    assert home is not None
    for place in (in_acme.root, home):
        with pytest.raises(NotFound):
            trash_folder(in_acme.alice, place.pk)


def test_the_trash_shows_ones_own_and_admins_everything(in_acme: Acme) -> None:
    trash_document(in_acme.bob, in_acme.contract.pk)
    for member, shown in ((in_acme.bob, 1), (in_acme.alice, 1), (in_acme.carol, 0)):
        assert len(trash_of(member)[0]) == shown


def test_nobody_restores_what_another_threw_away(in_acme: Acme) -> None:
    editor = Principal("user", in_acme.carol.user_id)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=editor, role=Role.EDIT)
    trashing = trash_document(in_acme.bob, in_acme.contract.pk)
    with pytest.raises(NotFound):
        restore(in_acme.carol, trashing.pk)


def test_whoever_lost_the_right_to_it_cannot_bring_it_back(in_acme: Acme) -> None:
    trashing = trash_document(in_acme.bob, in_acme.contract.pk)
    grant = FolderUserGrant.objects.get(content_object=in_acme.folder, user_id=in_acme.bob.user_id)
    revoke_grant(in_acme.alice, grant.pk)
    with pytest.raises(TooWeak):
        restore(in_acme.bob, trashing.pk)


def test_a_link_waits_while_its_document_is_in_the_trash(acme: Acme) -> None:
    with scope(acme.tenant_id):
        token = token_of(create_link(acme.bob, acme.contract.pk, terms=Terms()))
        trashing = trash_document(acme.bob, acme.contract.pk)
    with pytest.raises(LinkUnavailable):
        open_link(token)
    with scope(acme.tenant_id):
        restore(acme.bob, trashing.pk)
    assert open_link(token).document.pk == acme.contract.pk


def test_a_folder_and_what_lies_in_it_are_one_thing_of_the_act(in_acme: Acme) -> None:
    """Ticked together in a search, say, the inner one first and twice."""
    outer = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Outer"))
    inner = create_folder(in_acme.bob, outer.pk, name=DisplayName("Inner"))
    act = trash(in_acme.bob, folders=[inner.pk, outer.pk, inner.pk])
    assert (act.things, act.name) == (1, "Outer")
    assert restore(in_acme.bob, act.pk).pk == outer.pk
    assert Folder.objects.filter(pk__in=[outer.pk, inner.pk]).count() == 2


def test_a_document_goes_with_its_folder_that_was_chosen_too(in_acme: Acme) -> None:
    act = trash(in_acme.alice, folders=[in_acme.folder.pk], documents=[in_acme.contract.pk] * 2)
    assert (act.things, act.documents, act.name) == (1, 1, "Invoices")
    restore(in_acme.alice, act.pk)
    assert Document.objects.filter(pk=in_acme.contract.pk).exists()
