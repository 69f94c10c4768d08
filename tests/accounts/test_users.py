import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.models import AccountEvent, User
from accounts.models.user import known_zone

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case() -> None:
    assert User.objects.create_user(" Alice@Accounts.Example ").email == "alice@accounts.example"


def test_it_refuses_a_second_account_for_one_address(alice: User) -> None:
    with pytest.raises(IntegrityError, match="one_account_per_address"):
        User.objects.create_user("ALICE@accounts.example")


def test_it_refuses_an_address_that_went_around_the_manager() -> None:
    with pytest.raises(IntegrityError, match="addresses_are_lower_case"):
        User.objects.create(email="Alice@accounts.example")


def test_it_finds_a_person_however_the_address_is_typed(alice: User) -> None:
    assert User.objects.get_by_natural_key("Alice@accounts.example") == alice


def test_nobody_becomes_superuser(alice: User) -> None:
    with pytest.raises(IntegrityError, match="nobody_is_superuser"):
        User.objects.update(is_superuser=True)


def test_the_manager_makes_no_superuser() -> None:
    with pytest.raises(NotImplementedError, match="create_organisation"):
        User.objects.create_superuser(email="root@accounts.example", password="x")


def test_the_application_cannot_put_anyone_into_a_group(alice: User) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        alice.groups.create(name="admins")


def test_the_application_cannot_grant_a_permission_by_the_side(alice: User) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        alice.user_permissions.add(1)


def test_without_a_password_nobody_signs_in() -> None:
    assert not User.objects.create_user("bob@accounts.example").has_usable_password()


def test_deleting_a_person_keeps_the_events_without_them(alice: User) -> None:
    event = AccountEvent.objects.create(user=alice, kind="accounts:session:signed-in")
    alice.delete()
    event.refresh_from_db()
    assert event.user_id is None


def test_it_refuses_a_time_zone_that_does_not_exist() -> None:
    known_zone("Europe/Berlin")
    with pytest.raises(ValidationError):
        known_zone("Mars/Olympus")
