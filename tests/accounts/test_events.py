import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory

from accounts.events import Event
from accounts.flows.remember import remember
from accounts.models import AccountEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(alice: User, rf: RequestFactory) -> AccountEvent:
    remember(Event.SIGNED_IN, rf.get("/"), alice)
    return AccountEvent.objects.get(user=alice)


def test_the_application_cannot_change_an_event(event: AccountEvent) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AccountEvent.objects.update(kind=Event.SIGNED_OUT)


def test_the_application_cannot_delete_an_event(event: AccountEvent) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_accountevent")


def test_an_event_without_an_address_is_kept_all_the_same(rf: RequestFactory) -> None:
    remember(Event.SIGN_IN_FAILED, rf.get("/", REMOTE_ADDR=""), None)
    assert AccountEvent.objects.latest("id").ip is None


def test_a_kind_says_source_subject_and_what_happened() -> None:
    assert all(len(event.value.split(":")) == 3 for event in Event)
