from uuid import UUID

import pytest

from tenants.actor import Member
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.flows.teams import add_to_team, create_team
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import put
from vault.access import Role
from vault.errors import Exists
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.move import move_document, move_folder
from vault.flows.restrict import restrict_folder
from vault.models import Document, Folder, place_of
from vault.names import DisplayName
from vault.rights.fetching import fetch_document
from vault.rights.keyrings import keyring_of


def folder(actor: Member, parent: UUID, name: str = "Archive") -> Folder:
    return create_folder(actor, parent, name=DisplayName(name))


def give(acme: Acme, node: Folder, who: Member, role: Role) -> None:
    grant_on_folder(acme.alice, node.pk, to=Principal("user", who.user_id), role=role)


def role_on(actor: Member, document: Document) -> Role:
    fresh = Document.objects.select_related("folder").get(pk=document.pk)
    place = place_of(fresh.folder_id)
    return keyring_of(actor).role_on(fresh.pk, place, restricted=fresh.restricted)


def test_a_document_takes_the_access_of_its_new_folder(in_acme: Acme) -> None:
    closed = folder(in_acme.alice, in_acme.root.pk)
    restrict_folder(in_acme.alice, closed.pk)
    assert role_on(in_acme.carol, in_acme.contract) == Role.READ
    move_document(in_acme.alice, in_acme.contract.pk, to=closed.pk)
    assert role_on(in_acme.carol, in_acme.contract) == Role.NONE


def test_a_key_of_its_own_moves_along(in_acme: Acme) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=dan, role=Role.READ)
    target = folder(in_acme.alice, in_acme.root.pk)
    move_document(in_acme.alice, in_acme.contract.pk, to=target.pk)
    assert fetch_document(in_acme.dan, in_acme.contract.pk).role == Role.READ


def test_an_editor_moves_where_nobody_gains(in_acme: Acme) -> None:
    inner = folder(in_acme.bob, in_acme.folder.pk)
    move_document(in_acme.bob, in_acme.contract.pk, to=inner.pk)
    assert Document.objects.get(pk=in_acme.contract.pk).folder_id == inner.pk


def test_an_editor_cannot_move_to_where_somebody_gains(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Auditors")
    add_to_team(in_acme.alice, team.pk, in_acme.dan.membership_id)
    shown = folder(in_acme.alice, in_acme.root.pk)
    grant_on_folder(in_acme.alice, shown.pk, to=Principal("team", team.pk), role=Role.READ)
    give(in_acme, shown, in_acme.bob, Role.EDIT)
    with pytest.raises(TooWeak):
        move_document(in_acme.bob, in_acme.contract.pk, to=shown.pk)
    move_document(in_acme.alice, in_acme.contract.pk, to=shown.pk)
    assert role_on(in_acme.dan, in_acme.contract) == Role.READ


def test_moving_takes_edit_at_both_ends(in_acme: Acme) -> None:
    elsewhere = folder(in_acme.alice, in_acme.root.pk)
    with pytest.raises(TooWeak):
        move_document(in_acme.bob, in_acme.contract.pk, to=elsewhere.pk)
    with pytest.raises(TooWeak):
        move_document(in_acme.carol, in_acme.contract.pk, to=in_acme.folder.pk)
    with pytest.raises(NotFound):
        move_document(in_acme.dan, in_acme.contract.pk, to=elsewhere.pk)


def test_a_taken_name_is_refused(in_acme: Acme) -> None:
    target = folder(in_acme.alice, in_acme.root.pk)
    put(in_acme.alice, target.pk, "Contract.PDF")
    with pytest.raises(Exists):
        move_document(in_acme.alice, in_acme.contract.pk, to=target.pk)


def test_a_folder_moves_with_everything_beneath_it(in_acme: Acme) -> None:
    closed = folder(in_acme.alice, in_acme.root.pk, "Closed")
    restrict_folder(in_acme.alice, closed.pk)
    inner = folder(in_acme.alice, in_acme.folder.pk, "Inner")
    paper = put(in_acme.alice, inner.pk, "deep.pdf")
    move_folder(in_acme.alice, in_acme.folder.pk, to=closed.pk)
    way = place_of(inner.pk)
    assert way.way_up == (inner.pk, in_acme.folder.pk, closed.pk, in_acme.root.pk)
    assert way.wall_distance == 2
    assert role_on(in_acme.carol, paper) == Role.NONE
    assert role_on(in_acme.bob, paper) == Role.EDIT  # by the key at the folder that moved


def test_a_folder_cannot_move_into_itself(in_acme: Acme) -> None:
    inner = folder(in_acme.alice, in_acme.folder.pk)
    for target in (inner.pk, in_acme.folder.pk):
        with pytest.raises(Invalid):
            move_folder(in_acme.alice, in_acme.folder.pk, to=target)


def test_roots_and_homes_stay(in_acme: Acme) -> None:
    home = home_of(in_acme.alice)
    assert home is not None
    for place in (in_acme.root, home):
        with pytest.raises(NotFound):
            move_folder(in_acme.alice, place.pk, to=in_acme.folder.pk)


def test_nothing_moves_to_a_rival(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id), pytest.raises(NotFound):
        move_document(acme.alice, acme.contract.pk, to=rival.root.pk)
