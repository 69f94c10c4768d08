"""`scope` and `as_user`: what they set, and that nothing of it is left behind."""

from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection, transaction

from tenants.flows.enter import seats_of
from tenants.models import Membership, MembershipRole
from tenants.scoping import NestedScope, as_user, in_scope, scope, tenant_in_scope
from tests.cast import Acme, Rival, found_acme, member
from tests.house.catalogue import ask
from vault.models import Document

SETTINGS = (
    "SELECT current_setting('strongroom.tenant', true), current_setting('strongroom.user', true)"
)


def settings_now() -> tuple[str, str]:
    tenant, user = ask(SETTINGS)[0]
    return tenant or "", user or ""


@pytest.fixture
def away() -> UUID:
    return uuid4()


def test_it_sets_the_tenant_for_its_length(db: None, away: UUID) -> None:
    with scope(away):
        assert settings_now() == (str(away), "")
        assert tenant_in_scope() == away
    assert settings_now() == ("", "")
    assert not in_scope()


def test_it_nests_in_the_same_tenant(db: None, away: UUID) -> None:
    with scope(away):
        with scope(away):
            pass
        assert settings_now() == (str(away), "")
        assert in_scope()


def test_it_refuses_another_tenant_inside(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id):
        with pytest.raises(NestedScope), scope(rival.tenant_id):
            pass
        assert settings_now() == (str(acme.tenant_id), "")
        assert Document.objects.count() == 1


def test_an_error_takes_the_tenant_back(db: None, away: UUID) -> None:
    with pytest.raises(ZeroDivisionError), scope(away):
        raise ZeroDivisionError
    assert settings_now() == ("", "")
    assert not in_scope()


def test_an_error_in_an_inner_one_leaves_the_outer(db: None, away: UUID) -> None:
    with scope(away):
        with pytest.raises(ZeroDivisionError), scope(away):
            raise ZeroDivisionError
        assert settings_now() == (str(away), "")


def test_an_error_undoes_what_was_written(acme: Acme) -> None:
    def change(name: str) -> None:
        Document.objects.update(name=name)

    with pytest.raises(DataError), scope(acme.tenant_id):
        list(map(change, ["changed.pdf", "x" * 201]))
    with scope(acme.tenant_id):
        assert Document.objects.get().name == "contract.pdf"


def test_a_released_savepoint_does_not_keep_the_tenant(db: None, away: UUID) -> None:
    with transaction.atomic():
        with scope(away):
            pass
        assert settings_now() == ("", "")


def test_the_transaction_ends_with_it(committed: None, away: UUID) -> None:
    with scope(away):
        assert connection.in_atomic_block
    assert not connection.in_atomic_block
    assert settings_now() == ("", "")


def test_what_it_wrote_is_kept_and_seen_again(committed: None) -> None:
    acme = found_acme()
    with scope(acme.tenant_id):
        Document.objects.update(name="changed.pdf")
    with scope(acme.tenant_id):
        assert Document.objects.get().name == "changed.pdf"


def test_a_person_sees_their_own_seats_and_no_others(acme: Acme, rival: Rival) -> None:
    with as_user(acme.bob.user_id):
        rows = Membership.seats.values_list("user_id", "tenant_id")
        assert list(rows) == [(acme.bob.user_id, acme.tenant_id)]
    assert settings_now() == ("", "")


def test_a_person_sees_all_of_their_seats(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        bob = Membership.objects.create(
            tenant_id=rival.tenant_id, user_id=acme.bob.user_id, role=MembershipRole.MEMBER
        )
    assert [s.pk for s in seats_of(acme.bob.user_id)] == [acme.bob.membership_id, bob.pk]


def test_inside_an_organisation_a_persons_other_seats_are_not_seen(
    acme: Acme, rival: Rival
) -> None:
    """The list of members would tell a colleague where else somebody works."""
    with scope(rival.tenant_id):
        Membership.objects.create(
            tenant_id=rival.tenant_id, user_id=acme.bob.user_id, role=MembershipRole.MEMBER
        )
    with as_user(acme.bob.user_id), scope(acme.tenant_id):
        seats = Membership.seats.filter(user=acme.bob.user_id)
        assert list(seats.values_list("tenant_id", flat=True)) == [acme.tenant_id]


def test_a_person_sees_nothing_but_seats(acme: Acme) -> None:
    with as_user(acme.alice.user_id):
        assert ask("SELECT count(*) FROM vault_document") == [(0,)]
        assert ask("SELECT count(*) FROM tenants_team") == [(0,)]


def test_a_persons_seats_are_read_and_not_written(acme: Acme) -> None:
    with as_user(acme.bob.user_id):
        assert Membership.seats.update(role=MembershipRole.OWNER) == 0
        assert Membership.seats.all()._raw_delete(Membership.seats.db) == 0
    with scope(acme.tenant_id):
        assert Membership.objects.get(user=acme.bob.user_id).role == MembershipRole.MEMBER


def test_no_person_is_asked_for_inside_an_organisation(acme: Acme) -> None:
    with scope(acme.tenant_id), pytest.raises(NestedScope), as_user(acme.bob.user_id):
        pass


def test_an_error_takes_the_person_back(acme: Acme) -> None:
    with pytest.raises(ZeroDivisionError), as_user(acme.bob.user_id):
        raise ZeroDivisionError
    assert settings_now() == ("", "")
    assert not Membership.seats.exists()


def test_a_seat_that_ended_is_seen_no_more(acme: Acme) -> None:
    with scope(acme.tenant_id):
        eve = member(acme.alice, "eve")
        Membership.objects.filter(pk=eve.membership_id).delete()
    assert seats_of(eve.user_id) == []
