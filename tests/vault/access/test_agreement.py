"""One rule, five answers: keyring, querysets, explanation, has_perm, and the naive oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from tenants.models import ApiToken
from tenants.scoping import scope
from tests.vault.access.planting import Company, Planted, found_company, planted
from tests.vault.access.world import (
    PEOPLE,
    ROLES,
    World,
    in_the_database,
    oracle,
    ways,
    worlds,
)
from vault.access import Role
from vault.models import Document, Folder, place_of
from vault.rights.explaining import who_can
from vault.rights.keyrings import keyring_of, role_on_document

ceilings = st.sampled_from(ROLES)
many = settings(in_the_database, max_examples=400)


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


@contextmanager
def standing(company: Company, world: World) -> Iterator[Planted]:
    """A world that is there for one example, and gone without a trace."""
    with scope(company.tenant_id), transaction.atomic():
        yield planted(company, world)
        transaction.set_rollback(True)


def check_rows_and_sets(company: Company, world: World, ceiling: Role) -> None:
    with standing(company, world) as rows:
        places = {folder.pk: place_of(folder.pk) for folder in rows.folders}
        for person, actor in enumerate(company.people):
            holder = replace(actor, scope=ApiToken.Scope(ceiling.word))
            ring = keyring_of(holder)
            expected = {node: min(oracle(world, person, node), ceiling) for node in world.nodes()}
            for number, folder in enumerate(rows.folders):
                assert ring.role_in(places[folder.pk]) == expected["folder", number]
            for number, document in enumerate(rows.documents):
                here = places[document.folder_id]
                role = ring.role_on(document.pk, here, restricted=document.restricted)
                assert role == expected["document", number]
                assert role_on_document(holder, document.pk) == role
            for role in ROLES:
                opened = {
                    *Folder.objects.opened_by(ring, role).values_list("pk", flat=True),
                    *Document.objects.opened_by(ring, role).values_list("pk", flat=True),
                }
                assert opened == {
                    rows.node(node).pk for node, held in expected.items() if held >= role
                }


@given(worlds(), ceilings)
@in_the_database
def test_one_row_and_all_rows_are_judged_alike(
    company: Company, world: World, ceiling: Role
) -> None:
    check_rows_and_sets(company, world, ceiling)


@pytest.mark.proof
@pytest.mark.timeout(600)
@given(worlds(), ceilings)
@many
def test_one_row_and_all_rows_are_judged_alike_in_many_worlds(
    company: Company, world: World, ceiling: Role
) -> None:
    check_rows_and_sets(company, world, ceiling)


def check_explanation(company: Company, world: World) -> None:
    with standing(company, world) as rows:
        for node in world.nodes():
            row = rows.node(node)
            document = row if isinstance(row, Document) else None
            place = place_of(row.folder_id if isinstance(row, Document) else row.pk)
            told = who_can(place, document=document)
            for person, actor in enumerate(company.people):
                reasons = told.get(actor.user_id, [])
                strongest = reasons[0].role if reasons else Role.NONE
                assert strongest == oracle(world, person, node)
                named = [rows.keys[reason.key.grant] for reason in reasons if reason.key]
                assert sorted(named, key=repr) == sorted(ways(world, person, node), key=repr)
                as_admin = [reason for reason in reasons if reason.key is None]
                assert bool(as_admin) == (PEOPLE[person] in ("owner", "admin"))


@given(worlds(most_folders=6))
@settings(in_the_database, max_examples=20)
def test_the_explanation_names_every_way_and_no_other(company: Company, world: World) -> None:
    check_explanation(company, world)


@pytest.mark.proof
@pytest.mark.timeout(600)
@given(worlds())
@settings(many, max_examples=150)
def test_the_explanation_names_every_way_in_many_worlds(company: Company, world: World) -> None:
    check_explanation(company, world)


@given(worlds(most_folders=5), st.integers(0, len(PEOPLE) - 1), st.data())
@settings(in_the_database, max_examples=25)
def test_has_perm_answers_by_the_same_rule(
    company: Company, world: World, person: int, data: st.DataObject
) -> None:
    with standing(company, world) as rows:
        user = User.objects.get(pk=company.people[person].user_id)
        node = data.draw(st.sampled_from(world.nodes()))
        held = oracle(world, person, node)
        for role in ROLES:
            asked = f"vault.{role.word}_{node[0]}"
            assert user.has_perm(asked, rows.node(node)) == (held >= role)
        other = "document" if node[0] == "folder" else "folder"
        assert not user.has_perm(f"vault.preview_{other}", rows.node(node))


def test_a_deactivated_person_has_no_permission(company: Company) -> None:
    user = User.objects.get(pk=company.people[0].user_id)
    with scope(company.tenant_id):
        root = Folder(tenant_id=company.tenant_id, name="Root", is_root=True)
        assert user.has_perm("vault.manage_folder", root)
        user.is_active = False
        assert not user.has_perm("vault.manage_folder", root)


def test_no_permission_holds_for_all_rows(company: Company) -> None:
    """A model-level permission would open every organisation."""
    user = User.objects.get(pk=company.people[0].user_id)
    assert not user.has_perm("vault.read_document")
    assert user.get_all_permissions() == set()


def test_a_stranger_has_no_permission(company: Company) -> None:
    stranger = found_company()
    user = User.objects.get(pk=stranger.people[0].user_id)
    with scope(company.tenant_id):
        root = Folder(tenant_id=company.tenant_id, name="Root", is_root=True)
        assert not user.has_perm("vault.preview_folder", root)
