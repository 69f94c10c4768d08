"""The form of the trail, pinned: what was written under version 1 must verify for ever."""

import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from tenants.audit import canonical
from tenants.models import Organisation
from tenants.models.audit import AuditEvent
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import unique
from tests.tenants.scene import bodies, settle_the_trail

TENANT = UUID("018f5d0e-0000-7000-8000-000000000001")
BODY = (
    '{"action":"vault:document:renamed","actor":{"id":"018f5d0e-0000-7000-8000-000000000002",'
    '"kind":"member","user":"018f5d0e-0000-7000-8000-000000000003"},'
    '"at":"2026-11-22T21:54:00.000001Z","facts":{"after":"Übersicht \\"neu\\".pdf",'
    '"before":"a\\\\b","until":null},"id":"018f5d0e-0000-7000-8000-000000000004","request":"","subject":'
    '{"id":"018f5d0e-0000-7000-8000-000000000005","kind":"document"},'
    '"tenant":"018f5d0e-0000-7000-8000-000000000001","v":1}'
)
HASHES = [
    "f611a25506debd81ed7937715825138fe6d5bd700d4c5e1571660cda0ee4151c",
    "830407a5158ed3c02aefaffaf421608b2debbff2a51091cc83a0dc1aadf1e09e",
]


def test_the_canonical_form_does_not_change() -> None:
    value = {
        "v": 1,
        "id": UUID("018f5d0e-0000-7000-8000-000000000004"),
        "at": "2026-11-22T21:54:00.000001Z",
        "tenant": TENANT,
        "actor": {
            "kind": "member",
            "user": "018f5d0e-0000-7000-8000-000000000003",
            "id": "018f5d0e-0000-7000-8000-000000000002",
        },
        "action": "vault:document:renamed",
        "subject": {"kind": "document", "id": "018f5d0e-0000-7000-8000-000000000005"},
        "facts": {"until": None, "before": "a\\b", "after": 'Übersicht "neu".pdf'},
        "request": "",
    }
    assert canonical(value) == BODY


def test_a_moment_is_said_in_utc() -> None:
    assert canonical(datetime(2026, 11, 22, 21, 54, tzinfo=UTC)) == '"2026-11-22T21:54:00Z"'


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object()])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no place in the trail"):
        canonical({"facts": value})


def test_the_hashes_do_not_change(db: None) -> None:
    Organisation.objects.create(pk=TENANT, slug=unique("pinned"), name="Pinned")
    with scope(TENANT), connection.cursor() as cursor:
        for _ in HASHES:
            insert = "INSERT INTO tenants_auditevent (tenant_id, body) VALUES (%s, %s)"
            cursor.execute(insert, [TENANT, BODY])
        settle_the_trail()
        rows = list(AuditEvent.objects.order_by("seq").values_list("seq", "hash", "body"))
    assert [(seq, bytes(hash_ or b"").hex()) for seq, hash_, _ in rows] == list(
        enumerate(HASHES, 1)
    )
    assert {body for _, _, body in rows} == {BODY}
    previous = hashlib.sha256(str(TENANT).encode()).digest()
    for seq, expected in enumerate(HASHES, 1):
        previous = hashlib.sha256(previous + f"{seq}|{BODY}".encode()).digest()
        assert previous.hex() == expected


def test_a_body_is_whole_json(in_acme: Acme) -> None:
    for body in bodies(in_acme.alice):
        assert canonical(json.loads(body)) == body
