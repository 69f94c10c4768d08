"""A trail is read from its first row to its head, and every tampering with it is found."""

import hashlib
from typing import Final
from uuid import UUID

import pytest

from tenants.actor import Member
from tenants.flows.found import found
from tenants.models.audit import AuditEvent
from tenants.scoping import scope
from tenants.verification import Verdict, verify
from tests.cast import account
from tests.factories import unique
from tests.tenants.scene import TRAIL
from tests.tenants.tampering import Owner, the_owner


def judged(actor: Member) -> Verdict:
    with scope(actor.tenant_id):
        return verify(actor.tenant_id)


def test_a_trail_that_nobody_touched_is_whole(trail: Member) -> None:
    verdict = judged(trail)
    assert (verdict.state, verdict.seq, verdict.reason) == ("whole", TRAIL, "")
    with scope(trail.tenant_id):
        last = AuditEvent.objects.get(seq=TRAIL)
    assert verdict.hash == bytes(last.hash or b"").hex()


def test_a_trail_without_a_row_is_whole(committed: None) -> None:
    nobody = UUID("018f5d0e-0000-7000-8000-00000000000f")
    with scope(nobody):
        verdict = verify(nobody)
    assert (verdict.state, verdict.seq) == ("whole", 0)


# What is done, and what the verdict says: the number of rows that still fit, and why no more.
DONE: Final = {
    "a body is edited": (
        "UPDATE tenants_auditevent SET body = replace(body, 'entered', 'emptied') WHERE seq = 3",
        (2, "row 3 was changed"),
    ),
    "a space is added": (
        "UPDATE tenants_auditevent SET body = body || ' ' WHERE seq = 3",
        (2, "row 3 was changed"),
    ),
    "a hash is changed": (
        "UPDATE tenants_auditevent SET hash = sha256('x') WHERE seq = 4",
        (3, "row 4 was changed"),
    ),
    "a hash is emptied": (
        "UPDATE tenants_auditevent SET hash = NULL WHERE seq = 4",
        (3, "row 4 was changed"),
    ),
    "a row is removed": (
        "DELETE FROM tenants_auditevent WHERE seq = 3",
        (2, "row 3 is missing"),
    ),
    "the first row is removed": (
        "DELETE FROM tenants_auditevent WHERE seq = 1",
        (0, "row 1 is missing"),
    ),
    "the last row is removed": (
        "DELETE FROM tenants_auditevent WHERE seq = 6",
        (5, "the end is at 6, the rows at 5"),
    ),
    "every row is removed": (
        "DELETE FROM tenants_auditevent",
        (0, "the end is at 6, the rows at 0"),
    ),
    "two rows change places": (
        (
            "WITH a AS (SELECT body FROM tenants_auditevent WHERE seq = 2),"
            " b AS (SELECT body FROM tenants_auditevent WHERE seq = 5)"
            " UPDATE tenants_auditevent SET body ="
            " CASE seq WHEN 2 THEN (SELECT body FROM b) ELSE (SELECT body FROM a) END"
            " WHERE seq IN (2, 5)"
        ),
        (1, "row 2 was changed"),
    ),
    "a row is hidden as not yet numbered": (
        "UPDATE tenants_auditevent SET seq = NULL, hash = NULL WHERE seq = 3",
        (2, "row 3 is missing"),
    ),
    "a row is put in": (
        (
            "INSERT INTO tenants_auditevent (tenant_id, body, seq, hash)"
            " SELECT tenant_id, body, 7, sha256('x') FROM tenants_auditevent WHERE seq = 3"
        ),
        (6, "row 7 was changed"),
    ),
    "the end is moved back": (
        "UPDATE tenants_audithead SET seq = 5",
        (6, "the end is at 5, the rows at 6"),
    ),
    "the end is removed": (
        "DELETE FROM tenants_audithead",
        (6, "the end is at 0, the rows at 6"),
    ),
    "the end is rewritten": (
        "UPDATE tenants_audithead SET hash = sha256('x')",
        (6, "the end is at 6, the rows at 6"),
    ),
}


@pytest.mark.parametrize(("statement", "told"), DONE.values(), ids=DONE.keys())
def test_tampering_is_found(trail: Member, statement: str, told: tuple[int, str]) -> None:
    with the_owner(trail.tenant_id) as owner:
        assert owner.execute(statement).rowcount > 0
        verdict = judged(trail)
    assert (verdict.state, verdict.seq, verdict.reason) == ("broken", *told)
    assert judged(trail).state == "whole"


def rehash(owner: Owner, tenant_id: UUID) -> None:
    """Hash every row anew after a change: what a patient forger does."""
    previous = hashlib.sha256(str(tenant_id).encode()).digest()
    rows = owner.execute("SELECT id, seq, body FROM tenants_auditevent ORDER BY seq").fetchall()
    for row, seq, body in rows:
        previous = hashlib.sha256(previous + f"{seq}|{body}".encode()).digest()
        owner.execute("UPDATE tenants_auditevent SET hash = %s WHERE id = %s", [previous, row])


def test_a_trail_that_is_hashed_anew_does_not_meet_its_end(trail: Member) -> None:
    with the_owner(trail.tenant_id) as owner:
        owner.execute("UPDATE tenants_auditevent SET body = '{}' WHERE seq = 3")
        rehash(owner, trail.tenant_id)
        verdict = judged(trail)
    assert (verdict.state, verdict.seq) == ("broken", TRAIL)


def test_another_organisations_rows_do_not_fit(trail: Member) -> None:
    """A chain begins with its tenant's id: copied whole, it is still no other's."""
    bob = found(unique("bobs"), name="Bob Ltd", owner=account("bob"))
    with scope(trail.tenant_id):
        hashes = list(AuditEvent.objects.order_by("seq").values_list("body", "hash"))
    with the_owner(bob.tenant_id) as owner:
        owner.execute(
            "UPDATE tenants_auditevent SET body = %s, hash = %s", [hashes[0][0], hashes[0][1]]
        )
        assert judged(bob).reason == "row 1 was changed"
