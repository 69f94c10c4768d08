"""Keys lie in guardian's direct-foreign-key tables: one row for a principal and a node."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts.models import User
from tenants.flows.teams import create_team
from tenants.scoping import scope
from tests.cast import Acme, Rival
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.models import (
    DocumentTeamGrant,
    DocumentUserGrant,
    FolderTeamGrant,
    FolderUserGrant,
)
from vault.models.grants import permission_for
from vault.rights.writing import give_person


def test_a_key_lies_in_the_table_of_its_principal_and_node(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Accounting")
    carol = Principal("user", in_acme.carol.user_id)
    for give, node, to, model in (
        (grant_on_folder, in_acme.folder.pk, carol, FolderUserGrant),
        (grant_on_document, in_acme.contract.pk, carol, DocumentUserGrant),
        (grant_on_folder, in_acme.folder.pk, Principal("team", team.pk), FolderTeamGrant),
        (grant_on_document, in_acme.contract.pk, Principal("team", team.pk), DocumentTeamGrant),
    ):
        grant = give(in_acme.alice, node, to=to, role=Role.EDIT)
        row = model.objects.get(pk=grant.pk)
        assert (row.role, row.content_object_id) == (Role.EDIT, node)
        assert row.granted_by_id == in_acme.alice.user_id


def test_guardians_generic_tables_stay_empty_and_nobody_is_in_a_group(in_acme: Acme) -> None:
    grant_on_document(
        in_acme.alice,
        in_acme.contract.pk,
        to=Principal("user", in_acme.carol.user_id),
        role=Role.READ,
    )
    assert not UserObjectPermission.objects.exists()
    assert not GroupObjectPermission.objects.exists()
    assert not User.groups.through.objects.exists()
    assert not User.user_permissions.through.objects.exists()
    assert not apps.get_model("auth", "Group").permissions.through.objects.exists()


def test_giving_again_changes_the_one_row(in_acme: Acme) -> None:
    ends = timezone.now() + timedelta(days=2)
    to = Principal("user", in_acme.carol.user_id)
    first = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.EDIT, until=ends)
    again = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.READ)
    assert again.pk == first.pk
    row = FolderUserGrant.objects.get(user_id=in_acme.carol.user_id, content_object=in_acme.folder)
    assert (row.role, row.expires_at) == (Role.READ, None)


@pytest.mark.parametrize("model", [FolderUserGrant, FolderTeamGrant])
def test_the_database_refuses_a_second_row(in_acme: Acme, model: type[FolderUserGrant]) -> None:
    row = model.objects.first()
    assert row is not None
    row.pk = None
    with pytest.raises(IntegrityError, match="one_key_per"), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_a_key_for_somebody_without_a_seat(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id), pytest.raises(IntegrityError, match="same_tenant"):
        with transaction.atomic():
            give_person(acme.folder, rival.mallory.user_id, Role.READ, by=acme.alice.user_id)
            connection.check_constraints()


def test_the_database_refuses_a_key_to_a_node_of_another_tenant(acme: Acme, rival: Rival) -> None:
    theirs = FolderUserGrant(
        tenant_id=rival.tenant_id,
        user_id=rival.mallory.user_id,
        content_object_id=acme.folder.pk,
        permission_id=permission_for("folder", Role.READ),
        granted_at=timezone.now(),
    )
    with scope(rival.tenant_id), pytest.raises(IntegrityError, match="same_tenant"):
        with transaction.atomic():
            FolderUserGrant.objects.bulk_create([theirs])
            connection.check_constraints()
