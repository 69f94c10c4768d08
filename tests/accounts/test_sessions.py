from datetime import timedelta
from hashlib import sha256

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.flows.end_sessions import end_sessions
from accounts.models import Session, User
from accounts.sessions import SessionStore, digest

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_email")).status_code == 200


def stored(**data: object) -> SessionStore:
    store = SessionStore()
    store.update(data)
    store.save()
    return store


def row(store: SessionStore) -> Session:
    return Session.objects.get(digest=digest(str(store.session_key)))


def test_the_database_knows_the_digest_only() -> None:
    store = stored(colour="blue")
    found = row(store)
    assert found.digest == sha256(str(store.session_key).encode()).hexdigest()
    assert str(store.session_key) not in repr(vars(found))


def test_the_key_opens_the_session_again() -> None:
    assert SessionStore(stored(colour="blue").session_key)["colour"] == "blue"


def test_a_digest_does_not_open_the_session() -> None:
    stolen = SessionStore(row(stored(colour="blue")).digest)
    assert stolen.load() == {}
    assert stolen.session_key is None


def test_a_digest_in_the_cookie_signs_nobody_in(alice: User) -> None:
    signed_in(alice)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get(user=alice).digest
    assert not is_signed_in(thief)


def test_the_person_is_a_column(alice: User) -> None:
    assert row(signed_in(alice).session).user == alice


def test_signing_in_changes_the_key(alice: User) -> None:
    client = Client()
    before = client.session
    before["colour"] = "blue"
    before.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before.session_key
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.session.session_key != before.session_key
    assert not SessionStore().exists(before.session_key)


def test_cycling_keeps_the_data_and_ends_the_old_key() -> None:
    store = stored(colour="blue")
    old = store.session_key
    store.cycle_key()
    assert SessionStore(store.session_key)["colour"] == "blue"
    assert SessionStore(old).load() == {}


def test_saving_keeps_the_time_of_creation() -> None:
    store = stored()
    Session.objects.update(created_at=timezone.now() - timedelta(days=1))
    store["colour"] = "blue"
    store.save()
    assert row(store).created_at < timezone.now() - timedelta(hours=23)


def test_an_expired_session_is_empty_and_goes() -> None:
    store = stored(colour="blue")
    Session.objects.update(expire_date=timezone.now())
    assert SessionStore(store.session_key).load() == {}
    SessionStore.clear_expired()
    assert not SessionStore().exists(str(store.session_key))


def test_a_visit_is_noted_every_five_minutes_only() -> None:
    store = stored()
    seen = timezone.now() - timedelta(minutes=4)
    Session.objects.update(last_seen=seen)
    SessionStore(store.session_key).load()
    assert row(store).last_seen == seen
    Session.objects.update(last_seen=seen - timedelta(minutes=2))
    SessionStore(store.session_key).load()
    assert row(store).last_seen > seen


def test_saving_revives_no_ended_session() -> None:
    store = stored(colour="blue")
    SessionStore(store.session_key).delete()
    with pytest.raises(UpdateError):
        store.save()


def test_flushing_leaves_no_row() -> None:
    store = stored(colour="blue")
    key = str(store.session_key)
    store.flush()
    assert not SessionStore().exists(key)
    assert store.session_key is None


def test_ending_sessions_holds_for_the_next_request(alice: User) -> None:
    laptop, phone = signed_in(alice), signed_in(alice)
    assert end_sessions(alice.pk, except_key=laptop.session.session_key) == 1
    assert is_signed_in(laptop)
    assert not is_signed_in(phone)


def test_ending_sessions_leaves_other_people_alone(alice: User) -> None:
    bob = User.objects.create_user("bob@accounts.example")
    his = signed_in(bob)
    signed_in(alice)
    assert end_sessions(alice.pk) == 1
    assert is_signed_in(his)


def test_deleting_a_person_ends_their_sessions(alice: User) -> None:
    client = signed_in(alice)
    alice.delete()
    assert not is_signed_in(client)


def test_the_asynchronous_half_stores_digests_too() -> None:
    key = async_to_sync(come_and_go)()
    assert not SessionStore().exists(key)


async def come_and_go() -> str:
    store = SessionStore()
    await store.aset("colour", "blue")
    await store.asave()
    old = store.session_key
    assert await Session.objects.filter(digest=digest(str(old))).aexists()
    await store.acycle_key()
    assert await SessionStore(store.session_key).aget("colour") == "blue"
    assert not await store.aexists(old)
    key = str(store.session_key)
    await store.aflush()
    return key


def test_an_anonymous_session_names_nobody() -> None:
    store = stored(colour="blue")
    assert SESSION_KEY not in store
    assert row(store).user is None
