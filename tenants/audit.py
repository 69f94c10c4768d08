"""The trail of an organisation: `record()` is its only writer.

A row's body is canonical JSON (RFC 8785 for the values used here: sorted keys, no spaces,
UTF-8), kept as the text that is hashed. A deferred trigger numbers the rows at COMMIT:

    hash = SHA-256(previous hash || seq || "|" || body)      the first previous: SHA-256(tenant id)

Bodies name people and recipients by ids. Names, addresses and browsers lie in `AuditTrace`,
which can be erased without breaking the chain.
"""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from django.db import connection

from accounts.ids import uuid7
from tenants.actor import Actor
from tenants.errors import Refused
from tenants.events import Event
from tenants.models.audit import AuditTrace

VERSION: Final = 1
REPEATED_WITHIN: Final = 15 * 60  # seconds
COUNT_READ: Final = """
    INSERT INTO tenants_readcount AS seen (tenant_id, key, event, since, count)
    VALUES (%(tenant)s, %(key)s, %(event)s, now(), 0)
    ON CONFLICT (tenant_id, key) DO UPDATE SET (count, event, since) = (
        SELECT CASE WHEN again THEN seen.count + 1 ELSE 0 END,
               CASE WHEN again THEN seen.event ELSE excluded.event END,
               CASE WHEN again THEN seen.since ELSE now() END
        FROM (SELECT seen.since > now() - make_interval(secs => %(within)s) AS again) lately
    )
    RETURNING event = %(event)s
"""


class Subject(Protocol):
    """A row that acts are done to."""

    @property
    def pk(self) -> UUID: ...


def record(actor: Actor, action: StrEnum, subject: Subject | None = None, **facts: object) -> UUID:
    """Write an act into the trail, in the transaction of the act. Answers the event's id."""
    about = (kind_of(subject), subject.pk) if subject is not None else None
    return append(actor, action, about, facts)


def record_read(
    actor: Actor, action: StrEnum, subject: Subject, *, thing: UUID, **facts: object
) -> bool:
    """Write a read into the trail; a repetition within 15 minutes only raises a count beside it.

    `thing` is what was read: one version. Actor, sitting and action make the purpose. Answers
    whether it was written.
    """
    event = uuid7()
    key = digest_of(actor.identity(), actor.session, action, thing)
    first = is_first(actor.tenant_id, key, event)
    if first:
        append(actor, action, (kind_of(subject), subject.pk), facts, event=event)
    return first


def record_refusal(actor: Actor, refusal: Refused) -> None:
    """Write a refusal, in a transaction of its own after the rollback of what was refused."""
    append(
        actor,
        Event.REQUEST_REFUSED,
        refusal.subject,
        {"code": refusal.code, **refusal.facts},
    )


def append(
    actor: Actor,
    action: StrEnum,
    about: tuple[str, UUID] | None,
    facts: dict[str, object],
    *,
    event: UUID | None = None,
) -> UUID:
    event = event or uuid7()
    body = canonical(
        {
            "v": VERSION,
            "id": str(event),
            "at": datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "tenant": str(actor.tenant_id),
            "actor": actor.identity(),
            "action": str(action),
            "subject": {"kind": about[0], "id": str(about[1])} if about else None,
            "facts": facts,
            "request": actor.trace.request_id,
        }
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tenants_auditevent (tenant_id, body) VALUES (%s, %s)",
            [actor.tenant_id, body],
        )
    trace = actor.trace
    AuditTrace.objects.create(
        tenant_id=actor.tenant_id,
        event=event,
        ip=trace.ip,
        user_agent=trace.user_agent[:200],
        name=trace.name[:200],
    )
    return event


def is_first(tenant_id: UUID, key: bytes, event: UUID) -> bool:
    """Whether this read opens a new quarter of an hour; one statement, so no two readers do."""
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT_READ,
            {"tenant": tenant_id, "key": key, "event": event, "within": REPEATED_WITHIN},
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def canonical(value: object) -> str:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plainly
    )


def plainly(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in the trail")


def digest_of(*parts: object) -> bytes:
    return hashlib.sha256(canonical(list(parts)).encode()).digest()


def kind_of(subject: Subject) -> str:
    return type(subject).__name__.lower()
