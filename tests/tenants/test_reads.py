"""The first read is a row of the trail; repetitions within a quarter of an hour are counted."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tenants.actor import LinkHolder, Member
from tenants.audit import record_read
from tenants.events import Event
from tenants.models.audit import ReadCount
from tenants.scoping import scope
from tests.cast import Acme, found_acme
from tests.tenants.scene import acts
from tests.vault.scene import all_at_once

READ = Event.ORGANISATION_ENTERED
THING = uuid4()


@pytest.fixture
def bob(in_acme: Acme) -> Member:
    return replace(in_acme.bob, session="one sitting")


def reads(actor: Member) -> int:
    return sum(event["facts"].get("read") is True for event in acts(actor))


def read(actor: Member, acme: Acme, **changes: object) -> None:
    given = {"action": READ, "thing": THING} | changes
    who = replace(actor, session=str(given.pop("session", actor.session)))
    record_read(who, given["action"], acme.contract, thing=given["thing"], read=True)  # type: ignore[arg-type]


def test_repetitions_raise_a_count_beside_the_trail(bob: Member, in_acme: Acme) -> None:
    for _ in range(4):
        read(bob, in_acme)
    assert reads(bob) == 1
    count = ReadCount.objects.get()
    assert count.count == 3
    assert str(count.event) == acts(bob)[-1]["id"]


@pytest.mark.parametrize(
    "other",
    [{"thing": uuid4()}, {"session": "another sitting"}, {"action": Event.MEMBER_JOINED}],
    ids=["another thing", "another sitting", "another act"],
)
def test_another_read_is_a_row_of_its_own(
    bob: Member, in_acme: Acme, other: dict[str, object]
) -> None:
    read(bob, in_acme)
    read(bob, in_acme, **other)
    assert reads(bob) == 2


def test_another_reader_is_a_row_of_their_own(bob: Member, in_acme: Acme) -> None:
    read(bob, in_acme)
    read(replace(in_acme.carol, session=bob.session), in_acme)
    link = LinkHolder(in_acme.tenant_id, uuid4(), session=bob.session)
    record_read(link, READ, in_acme.contract, thing=THING, read=True)
    assert reads(bob) == 3


@pytest.mark.parametrize(("minutes", "rows"), [(14, 1), (16, 2)])
def test_a_quarter_of_an_hour_later_it_is_a_first_read(
    bob: Member, in_acme: Acme, minutes: int, rows: int
) -> None:
    read(bob, in_acme)
    read(bob, in_acme)
    ReadCount.objects.update(since=timezone.now() - timedelta(minutes=minutes))
    read(bob, in_acme)
    assert reads(bob) == rows
    assert ReadCount.objects.get().count == (2 if rows == 1 else 0)


def test_readers_at_once_write_one_row(committed: None) -> None:
    acme = found_acme()

    def look() -> None:
        with scope(acme.tenant_id):
            read(acme.bob, acme)

    assert all_at_once([look] * 8) == [None] * 8
    assert reads(acme.bob) == 1
    with scope(acme.tenant_id):
        assert ReadCount.objects.get().count == 7
