"""What a program meets at the front door, with a member's token and no cookie."""

import hashlib
import json
import socket
from http.client import HTTPResponse
from typing import Any
from uuid import UUID

import pytest

from tenants.actor import Member
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf
from tests.gateway.parcel import head, parcel
from tests.gateway.visitor import visitor
from tests.services.stack import Stack
from tests.stack.client import Answer
from tests.vault.scene import remains, token_of, trail
from vault.quota import set_limit

CONTENT = pdf("Sent by a program", size=70_000)
MEGABYTE = 1024 * 1024


def where(acme: Acme, folder_id: UUID | None = None) -> str:
    return f"/api/v1/o/{acme.slug}/folders/{folder_id or acme.folder.pk}/documents"


def bearer(actor: Member) -> dict[str, Any]:
    return {"Authorization": f"Bearer {token_of(actor)}"}


def test_a_document_goes_in_and_out_by_token(stack: Stack, acme: Acme) -> None:
    program, key = visitor(stack), bearer(acme.bob)
    kind, body = parcel("Report.pdf", CONTENT)
    filed = program.send("POST", where(acme), body, {**key, "Content_Type": kind})
    document = json.loads(filed.body)
    assert filed.status == 201
    assert document["sha256"] == hashlib.sha256(CONTENT).hexdigest()

    path = f"/api/v1/o/{acme.slug}/documents/{document['id']}/content"
    arrived = program.get(path, **key)
    assert (arrived.status, arrived.body) == (200, CONTENT)
    assert arrived.headers["content-security-policy"].startswith("sandbox;")
    assert program.get(path, Range="bytes=5-9", **key).body == CONTENT[5:10]
    assert program.get(path, method="HEAD", **key).headers["content-length"] == str(len(CONTENT))
    assert program.get(path).status == 401
    assert program.get(path, **bearer(acme.dan)).status == 404
    assert program.cookies == {}


def test_a_version_of_any_size_goes_in_and_the_old_one_stays(stack: Stack, acme: Acme) -> None:
    program, key = visitor(stack), bearer(acme.bob)
    newer = pdf("Longer than a page of a form may be", size=3 * MEGABYTE)
    path = f"/api/v1/o/{acme.slug}/documents/{acme.contract.pk}"
    kind, body = parcel("newer.pdf", newer)
    filed = program.send("POST", f"{path}/versions", body, {**key, "Content_Type": kind})
    assert (filed.status, json.loads(filed.body)["version"]) == (201, 2)
    assert program.get(f"{path}/content", **key).body == newer
    old = program.get(f"{path}/versions/1/content", **key)
    assert (old.status, old.body) == (200, pdf("contract.pdf"))
    assert old.headers["content-security-policy"].startswith("sandbox;")


def test_a_session_opens_no_door_of_the_api(stack: Stack, acme: Acme) -> None:
    answer = visitor(stack, acme.alice).get(f"/api/v1/o/{acme.slug}")
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("sent", [65_536, 20 * MEGABYTE])
def test_a_full_organisation_says_so_before_the_body_is_read(
    stack: Stack, acme: Acme, sent: int
) -> None:
    with scope(acme.tenant_id):
        set_limit(acme.tenant_id, None, MEGABYTE)
    before = remains(acme.tenant_id)
    start = head(stack, where(acme), length=20 * MEGABYTE, **bearer(acme.bob))
    answer = sent_by_hand(stack, start + b"x" * sent)
    problem = json.loads(answer.body)
    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["code"], problem["status"]) == ("quota_org", 413)
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert remains(acme.tenant_id) == before
    (refusal,) = trail(acme.tenant_id, "tenants:request:refused")
    assert refusal["facts"]["needed"] == 20 * MEGABYTE


def test_a_body_without_a_length_is_refused(stack: Stack, acme: Acme) -> None:
    before = remains(acme.tenant_id)
    kind, body = parcel("Report.pdf", CONTENT)
    start = head(stack, where(acme), kind=kind, Transfer_Encoding="chunked", **bearer(acme.bob))
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    answer = sent_by_hand(stack, start + chunks)
    assert (answer.status, json.loads(answer.body)["code"]) == (411, "length_required")
    assert remains(acme.tenant_id) == before


def test_nothing_is_read_for_who_may_not_write(stack: Stack, acme: Acme) -> None:
    for person, status in ((acme.carol, 403), (acme.dan, 404)):
        start = head(stack, where(acme), length=20 * MEGABYTE, **bearer(person))
        assert sent_by_hand(stack, start + b"x" * 100).status == status


def sent_by_hand(stack: Stack, request: bytes) -> Answer:
    """The answer to a request that may never be sent to its end."""
    with socket.create_connection(("127.0.0.1", stack.port), timeout=30) as connection:
        connection.sendall(request)
        response = HTTPResponse(connection)
        response.begin()
        content = response.read()
    found = response.getheaders()
    return Answer(response.status, {k.lower(): v for k, v in found}, content, found)
