"""History: what held on any past day is in the periods, whoever changed it."""

import itertools
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from tenants.flows.leave import end_membership
from tests.cast import Acme
from vault.access import Role
from vault.flows.folders import create_folder
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.restrict import (
    open_document,
    open_folder,
    restrict_document,
    restrict_folder,
)
from vault.models import GrantPeriod, PlacePeriod
from vault.models.grants import roles_by_permission
from vault.names import DisplayName


def states(periods: Any, source: object) -> list[Any]:
    """Each state of a row with whether it still holds; no gap lies between two of them."""
    rows = list(periods.objects.filter(source=source).order_by("valid_from"))
    for before, after in itertools.pairwise(rows):
        assert before.valid_to is not None
        assert before.valid_from < before.valid_to <= after.valid_from
    return rows


def test_a_key_has_a_period_for_each_role_and_an_end(in_acme: Acme) -> None:
    to = Principal("user", in_acme.carol.user_id)
    grant = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.READ)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.EDIT)
    revoke_grant(in_acme.alice, grant.pk)
    rows = states(GrantPeriod, grant.pk)
    roles = [roles_by_permission()[row.permission_id] for row in rows]
    assert roles == [Role.READ, Role.EDIT]
    assert [row.valid_to is None for row in rows] == [False, False]
    assert {row.node_id for row in rows} == {in_acme.folder.pk}
    assert {row.user_id for row in rows} == {in_acme.carol.user_id}
    assert {row.granted_by_id for row in rows} == {in_acme.alice.user_id}


def test_giving_the_same_again_opens_no_second_period(in_acme: Acme) -> None:
    to = Principal("user", in_acme.carol.user_id)
    for _ in range(2):
        grant = grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.READ)
    assert [row.valid_to for row in states(GrantPeriod, grant.pk)] == [None]


def test_a_key_that_ends_with_a_membership_is_closed_in_the_history(in_acme: Acme) -> None:
    """The database's cascade deletes the key, past every flow; the trigger still writes it."""
    to = Principal("user", in_acme.carol.user_id)
    folder = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.EDIT)
    document = grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.READ)
    end_membership(in_acme.alice, in_acme.carol.membership_id)
    for grant in (folder, document):
        (period,) = states(GrantPeriod, grant.pk)
        assert period.valid_to is not None


def test_a_folder_has_a_period_for_each_wall(in_acme: Acme) -> None:
    folder = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("2026"))
    restrict_folder(in_acme.alice, folder.pk)
    restrict_folder(in_acme.alice, folder.pk)
    open_folder(in_acme.alice, folder.pk)
    rows = states(PlacePeriod, folder.pk)
    assert [row.restricted for row in rows] == [False, True, False]
    assert {row.container_id for row in rows} == {in_acme.folder.pk}
    assert [row.valid_to is None for row in rows] == [False, False, True]


def test_a_document_has_a_period_for_each_wall(in_acme: Acme) -> None:
    restrict_document(in_acme.alice, in_acme.contract.pk)
    open_document(in_acme.alice, in_acme.contract.pk)
    rows = states(PlacePeriod, in_acme.contract.pk)
    assert [row.restricted for row in rows] == [False, True, False]
    assert {row.container_id for row in rows} == {in_acme.folder.pk}


@pytest.mark.parametrize("periods", [GrantPeriod, PlacePeriod])
def test_the_application_cannot_rewrite_history(in_acme: Acme, periods: Any) -> None:
    for change in (
        lambda: periods.objects.all().delete(),
        lambda: periods.objects.update(valid_to=None),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
