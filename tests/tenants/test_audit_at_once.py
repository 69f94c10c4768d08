"""Many write one trail at the same moment: it has no gap, no double number, and it verifies."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from tenants.actor import Member
from tenants.audit import record
from tenants.events import Event
from tenants.flows.found import found
from tenants.models.audit import AuditEvent, AuditHead
from tenants.scoping import scope
from tenants.verification import verify
from tests.cast import account
from tests.factories import unique
from tests.vault.scene import all_at_once

WRITERS, COMMITS = 8, 20


@pytest.fixture
def alice(committed: None) -> Member:
    return found(unique("acme"), name="Acme Ltd", owner=account("alice"))


def write(actor: Member, writer: int) -> None:
    """Each commit writes one or two rows, and every third throws a row away."""
    for number in range(COMMITS):
        with scope(actor.tenant_id):
            record(actor, Event.ORGANISATION_ENTERED, writer=writer, number=number)
            if number % 3 == 0:
                with transaction.atomic():
                    record(actor, Event.REQUEST_REFUSED, writer=writer)
                    transaction.set_rollback(True)
            if number % 2 == 0:
                record(actor, Event.MEMBER_JOINED, writer=writer, number=number)


def test_writers_at_once_leave_no_gap(alice: Member) -> None:
    writers: list[Callable[[], None]] = [
        partial(write, alice, writer) for writer in range(WRITERS)
    ]
    assert all_at_once(writers) == [None] * WRITERS
    written = 1 + WRITERS * (COMMITS + COMMITS // 2)
    with scope(alice.tenant_id):
        rows = list(AuditEvent.objects.order_by("seq").values_list("seq", "body"))
        assert [seq for seq, _ in rows] == list(range(1, written + 1))
        assert AuditHead.objects.get().seq == written
        assert verify(alice.tenant_id).state == "whole"
    facts = [json.loads(body) for _, body in rows[1:]]
    counts = Counter((event["action"], event["facts"]["writer"]) for event in facts)
    entered, joined = Event.ORGANISATION_ENTERED.value, Event.MEMBER_JOINED.value
    assert counts == Counter(
        {(entered, w): COMMITS for w in range(WRITERS)}
        | {(joined, w): COMMITS // 2 for w in range(WRITERS)}
    )


def test_a_row_has_its_number_only_once_it_is_committed(alice: Member) -> None:
    with scope(alice.tenant_id):
        record(alice, Event.ORGANISATION_ENTERED)
        assert AuditEvent.objects.order_by("id").values_list("seq", flat=True).last() is None
    with scope(alice.tenant_id):
        assert AuditEvent.objects.order_by("id").values_list("seq", flat=True).last() == 2


def test_the_lock_is_the_last(alice: Member) -> None:
    """A transaction that has recorded and not committed yet stops nobody."""
    with scope(alice.tenant_id):
        record(alice, Event.ORGANISATION_ENTERED, first=True)
        done = all_at_once([lambda: write(alice, 1)])
        assert done == [None]
        record(alice, Event.ORGANISATION_ENTERED, last=True)
    with scope(alice.tenant_id):
        bodies = list(AuditEvent.objects.order_by("seq").values_list("body", flat=True))
        assert verify(alice.tenant_id).state == "whole"
    assert [json.loads(body)["facts"] for body in bodies[-2:]] == [{"first": True}, {"last": True}]
    assert not connection.in_atomic_block
