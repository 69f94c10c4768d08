"""Reading a chain from its first row to its head. Nothing is serialised anew."""

import hashlib
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from tenants.models.audit import AuditEvent, AuditHead


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a chain is: whole up to `seq`, or broken at the first number that does not fit."""

    tenant_id: UUID
    state: Literal["whole", "broken"]
    seq: int
    hash: str  # hex, of the last row that fits
    reason: str = ""


def verify(tenant_id: UUID) -> Verdict:
    """Judge one tenant's chain, in its scope. Rows not yet numbered are those of this moment."""
    beginning = (0, hashlib.sha256(str(tenant_id).encode()).digest())
    seq, previous = beginning
    rows = AuditEvent.objects.filter(seq__isnull=False).order_by("seq")
    for number, body, claimed in rows.values_list("seq", "body", "hash").iterator():
        if number != seq + 1:
            return broken(tenant_id, seq, previous, f"row {seq + 1} is missing")
        expected = hashlib.sha256(previous + f"{number}|{body}".encode()).digest()
        if bytes(claimed or b"") != expected:
            return broken(tenant_id, seq, previous, f"row {number} was changed")
        seq, previous = number, expected
    head = AuditHead.objects.values_list("seq", "hash").first() or beginning
    if (head[0], bytes(head[1])) != (seq, previous):
        return broken(tenant_id, seq, previous, f"the end is at {head[0]}, the rows at {seq}")
    return Verdict(tenant_id, "whole", seq, previous.hex())


def broken(tenant_id: UUID, seq: int, previous: bytes, reason: str) -> Verdict:
    return Verdict(tenant_id, "broken", seq, previous.hex(), reason)
