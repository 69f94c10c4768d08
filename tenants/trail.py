"""Reading the trail of the organisation in scope: about what, by whom, of which kind, when."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tenants.models.audit import AuditEvent, AuditHead, AuditTrace


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter. Every part narrows; none of them is the whole trail."""

    about: UUID | None = None
    actor: UUID | None = None
    actions: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None  # exclusive


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, as it was written; `trace` is what may be erased, and empty then."""

    seq: int
    id: UUID
    at: datetime
    actor: Mapping[str, str]
    action: str
    subject: Mapping[str, str] | None
    about: UUID | None
    facts: Mapping[str, Any]
    request: str
    trace: Mapping[str, str]
    body: str
    hash: str  # hex


def read_trail(
    wanted: Wanted, *, before: int | None = None, at_most: int
) -> tuple[list[Entry], int | None]:
    """The newest first, below the number `before`; and the number that the next page is below."""
    rows = narrowed(wanted)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: at_most + 1])
    entries = entries_of(found[:at_most])
    return entries, entries[-1].seq if len(found) > at_most else None


def count_trail(wanted: Wanted) -> int:
    return narrowed(wanted).count()


def narrowed(wanted: Wanted) -> QuerySet[AuditEvent]:
    """Events of this very transaction have no number yet, and are not there."""
    parts: dict[str, Any] = {
        "about": wanted.about,
        "actor": wanted.actor,
        "action__in": list(wanted.actions) or None,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    asked = {name: value for name, value in parts.items() if value is not None}
    return AuditEvent.objects.filter(seq__isnull=False, **asked)


def entries_of(events: Sequence[AuditEvent]) -> list[Entry]:
    bodies = [json.loads(event.body) for event in events]
    traces = traces_of([body["id"] for body in bodies])
    return [
        Entry(
            seq=event.seq or 0,
            id=UUID(body["id"]),
            at=datetime.fromisoformat(body["at"]),
            actor=body["actor"],
            action=body["action"],
            subject=body["subject"],
            about=event.about,
            facts=body["facts"],
            request=body["request"],
            trace=traces.get(UUID(body["id"]), {}),
            body=event.body,
            hash=bytes(event.hash or b"").hex(),
        )
        for event, body in zip(events, bodies, strict=True)
    ]


def traces_of(events: Collection[str]) -> dict[UUID, dict[str, str]]:
    return {
        trace.event: {"ip": trace.ip or "", "browser": trace.user_agent, "name": trace.name}
        for trace in AuditTrace.objects.filter(event__in=events)
    }


def end_of_trail() -> tuple[int, str]:
    """The number and the hash (hex) of the newest event."""
    head = AuditHead.objects.first()
    return (head.seq, bytes(head.hash).hex()) if head else (0, "")
