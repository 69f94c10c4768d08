"""Each call of the API, made by each of the cast with their own token: the status they get."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import pdf
from tests.house.doors import METHODS, Scene, cast_of, knock, operations
from tests.house.test_urls import HERE, OPERATIONS
from tests.tenants.scene import program
from vault.models import Folder


# What a call sends, where it must be whole to be taken.
def home_of_bob(acme: Acme) -> UUID:
    """Where Bob, and an owner, may add what they may read elsewhere."""
    with scope(acme.tenant_id):
        return Folder.objects.get(home_of=acme.bob.user_id).pk


SENT: Final[Mapping[str, Callable[[Acme], Mapping[str, Any]]]] = {
    "POST /folders": lambda acme: {"parent": str(acme.folder.pk), "name": "Letters"},
    "PATCH /folders/{folder_id}": lambda _: {"name": "Bills"},
    "POST /teams": lambda _: {"name": "Sellers"},
    "PATCH /teams/{team_id}": lambda _: {"name": "Sellers"},
    "POST /folders/{folder_id}/documents": lambda _: {
        "file": SimpleUploadedFile("letter.pdf", pdf())
    },
    "POST /documents/{document_id}/versions": lambda _: {
        "file": SimpleUploadedFile("letter.pdf", pdf())
    },
    "POST /folders/{folder_id}/grants": lambda acme: {
        "user": str(acme.dan.user_id),
        "role": "read",
    },
    "PATCH /folders/{folder_id}/grants": lambda acme: {
        "give": [{"user": str(acme.dan.user_id), "role": "read"}]
    },
    "PATCH /documents/{document_id}/grants": lambda acme: {
        "give": [{"user": str(acme.dan.user_id), "role": "read"}]
    },
    "POST /folders/{folder_id}/access-requests": lambda _: {"role": "read"},
    "POST /documents/{document_id}/access-requests": lambda _: {"role": "read"},
    "POST /folders/{folder_id}/copies": lambda acme: {"parent": str(home_of_bob(acme))},
    "POST /documents/{document_id}/copies": lambda acme: {"folder": str(acme.folder.pk)},
    "POST /bulk": lambda acme: {"act": "trash", "documents": [str(acme.contract.pk)]},
    "PATCH /documents/{document_id}": lambda _: {"name": "treaty.pdf"},
    "POST /documents/{document_id}/grants": lambda acme: {
        "user": str(acme.dan.user_id),
        "role": "read",
    },
}
WHO: Final = ("alice", "bob", "carol", "dan", "mallory", "stranger")
type Row = tuple[str, int, int, int, int, int, int]
EXPECTED: Final[list[Row]] = [
    ("GET ", 200, 200, 200, 200, 404, 401),
    ("GET /usage", 200, 200, 200, 200, 404, 401),
    ("GET /members", 200, 200, 200, 403, 404, 401),
    ("DELETE /members/{membership_id}", 204, 403, 204, 403, 404, 401),  # it is Carol's own
    ("GET /members/{membership_id}/access", 200, 403, 200, 403, 404, 401),
    ("GET /members/{membership_id}/documents", 200, 403, 200, 403, 404, 401),
    ("GET /teams", 200, 200, 200, 403, 404, 401),
    ("POST /teams", 201, 403, 403, 403, 404, 401),
    ("PATCH /teams/{team_id}", 200, 403, 403, 403, 404, 401),
    ("DELETE /teams/{team_id}", 204, 403, 403, 403, 404, 401),
    ("GET /teams/{team_id}/members", 200, 403, 403, 403, 404, 401),
    ("PUT /teams/{team_id}/members/{membership_id}", 204, 403, 403, 403, 404, 401),
    ("DELETE /teams/{team_id}/members/{membership_id}", 204, 403, 403, 403, 404, 401),
    ("GET /teams/{team_id}/access", 200, 403, 403, 403, 404, 401),
    ("POST /folders", 201, 201, 403, 404, 404, 401),
    ("GET /folders/{folder_id}", 200, 200, 200, 404, 404, 401),
    ("PATCH /folders/{folder_id}", 200, 200, 403, 404, 404, 401),
    ("GET /folders/{folder_id}/children", 200, 200, 200, 404, 404, 401),
    ("POST /folders/{folder_id}/documents", 201, 201, 403, 404, 404, 401),
    ("GET /folders/{folder_id}/grants", 200, 200, 403, 404, 404, 401),
    ("POST /folders/{folder_id}/grants", 201, 403, 403, 404, 404, 401),
    ("PATCH /folders/{folder_id}/grants", 200, 403, 403, 404, 404, 401),
    ("GET /folders/{folder_id}/access", 200, 200, 403, 404, 404, 401),
    ("PUT /folders/{folder_id}/wall", 204, 403, 403, 404, 404, 401),
    ("DELETE /folders/{folder_id}/wall", 204, 403, 403, 404, 404, 401),
    ("DELETE /folders/{folder_id}", 204, 204, 403, 404, 404, 401),
    ("POST /folders/{folder_id}/restoration", 200, 200, 404, 404, 404, 401),
    ("GET /documents", 200, 200, 200, 200, 404, 401),
    ("DELETE /documents/{document_id}", 204, 204, 403, 404, 404, 401),
    ("POST /documents/{document_id}/restoration", 200, 200, 404, 404, 404, 401),
    ("GET /documents/{document_id}/versions", 200, 200, 200, 404, 404, 401),
    ("POST /documents/{document_id}/versions", 201, 201, 403, 404, 404, 401),
    ("POST /documents/{document_id}/versions/{number}/restoration", 200, 200, 403, 404, 404, 401),
    ("GET /documents/{document_id}/versions/{number}/content", 200, 200, 200, 404, 404, 401),
    ("HEAD /documents/{document_id}/versions/{number}/content", 200, 200, 200, 404, 404, 401),
    ("GET /documents/{document_id}", 200, 200, 200, 404, 404, 401),
    ("PATCH /documents/{document_id}", 200, 200, 403, 404, 404, 401),
    ("POST /folders/{folder_id}/copies", 201, 201, 404, 404, 404, 401),
    ("POST /documents/{document_id}/copies", 201, 201, 403, 404, 404, 401),
    ("PUT /folders/{folder_id}/star", 204, 204, 204, 404, 404, 401),
    ("DELETE /folders/{folder_id}/star", 204, 204, 204, 404, 404, 401),
    ("PUT /documents/{document_id}/star", 204, 204, 204, 404, 404, 401),
    ("DELETE /documents/{document_id}/star", 204, 204, 204, 404, 404, 401),
    ("GET /documents/{document_id}/activity", 200, 200, 403, 404, 404, 401),
    ("GET /trash", 200, 200, 200, 200, 404, 401),
    ("POST /trash/{trashing_id}/restoration", 200, 200, 404, 404, 404, 401),
    ("DELETE /trash/{trashing_id}", 204, 403, 403, 403, 404, 401),
    ("POST /bulk", 202, 202, 403, 404, 404, 401),
    ("GET /jobs", 200, 200, 200, 200, 404, 401),
    ("GET /jobs/{job_id}", 404, 200, 404, 404, 404, 401),
    ("DELETE /jobs/{job_id}", 404, 204, 404, 404, 404, 401),
    ("GET /shared", 200, 200, 200, 200, 404, 401),
    ("GET /notifications", 200, 200, 200, 200, 404, 401),
    ("GET /audit", 200, 403, 403, 403, 404, 401),
    ("GET /documents/{document_id}/content", 200, 200, 200, 404, 404, 401),
    ("HEAD /documents/{document_id}/content", 200, 200, 200, 404, 404, 401),
    ("GET /documents/{document_id}/grants", 200, 200, 403, 404, 404, 401),
    ("POST /documents/{document_id}/grants", 201, 403, 403, 404, 404, 401),
    ("PATCH /documents/{document_id}/grants", 200, 403, 403, 404, 404, 401),
    ("GET /documents/{document_id}/access", 200, 200, 403, 404, 404, 401),
    ("PUT /documents/{document_id}/wall", 204, 403, 403, 404, 404, 401),
    ("DELETE /documents/{document_id}/wall", 204, 403, 403, 404, 404, 401),
    ("GET /documents/{document_id}/links", 200, 200, 403, 404, 404, 401),
    ("POST /documents/{document_id}/links", 201, 201, 403, 404, 404, 401),
    ("GET /links/{link_id}", 200, 200, 403, 404, 404, 401),
    ("DELETE /links/{link_id}", 204, 204, 403, 404, 404, 401),
    ("DELETE /grants/{grant_id}", 204, 403, 403, 404, 404, 401),
    ("POST /folders/{folder_id}/access-requests", 202, 202, 202, 202, 404, 401),
    ("POST /documents/{document_id}/access-requests", 202, 202, 202, 202, 404, 401),
    ("GET /access-requests", 200, 200, 200, 200, 404, 401),
    ("POST /access-requests/{request_id}/approval", 200, 403, 403, 404, 404, 401),
    ("POST /access-requests/{request_id}/refusal", 200, 403, 403, 404, 404, 401),
]
INSIDE: Final = {call.replace(f" {HERE}", " ") for call in OPERATIONS if HERE in call}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row[0])
def test_a_call_answers_each_of_the_cast(scene: Scene, row: Row) -> None:
    """The weakest first; each finds everything as it was."""
    call, *expected = row
    method, _, path = call.partition(" ")
    ids = scene.ids_in_trash() if path.endswith("_id}/restoration") else scene.ids()
    address, statuses = (HERE + path).format(**ids), {}
    for who, actor in cast_of(scene).items():
        client = program(actor) if actor else Client()
        sent = SENT[call](scene.acme) if call in SENT else {}
        statuses[who] = knock(client, method, address, sent).status_code
    assert statuses == dict(zip(WHO, expected, strict=True))


def test_a_call_refuses_other_methods(scene: Scene) -> None:
    client = program(scene.acme.alice)
    for path in {call.partition(" ")[2] for call in INSIDE}:
        allowed = {call.partition(" ")[0] for call in INSIDE if call.partition(" ")[2] == path}
        address = (HERE + path).format(**scene.ids())
        refused = {m for m in METHODS if knock(client, m, address).status_code == 405}
        assert refused == set(METHODS) - allowed, path


def test_every_call_is_made() -> None:
    assert {call for call, *_ in EXPECTED} == INSIDE
    assert {call for call in operations() if HERE not in call} == {"GET /api/v1/me"}


LETS_IN: Final = {
    "member": {"carol", "dan"},
    "seat": {"dan"},
    "colleague": {"carol"},
    "reader": {"carol"},
    "editor": {"bob"},
    "manager": {"alice"},
    "admin": {"alice"},
    "asker": {"bob"},
    "oneself": {"carol"},
}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row[0])
def test_the_statuses_are_those_of_the_calls_kind(row: Row) -> None:
    method, _, path = row[0].partition(" ")
    welcome = [who for who, status in zip(WHO, row[1:], strict=True) if status < 400]
    assert welcome[-1] in LETS_IN[OPERATIONS[f"{method} {HERE}{path}"]]


def test_the_account_is_told_of_the_tokens_organisation_alone(acme: Acme, rival: Rival) -> None:
    me = program(acme.carol).get("/api/v1/me").json()
    assert me["id"] == str(acme.carol.user_id)
    assert me["organisations"] == [{"slug": acme.slug, "name": "Acme Ltd", "role": "member"}]


def test_the_account_asks_for_a_token(db: None) -> None:
    answer = Client().get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_refusal_before_our_code_has_the_headers_of_all_answers(acme: Acme) -> None:
    answer = program(acme.carol).put(f"/api/v1/o/{acme.slug}/documents")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    for name in ("X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy"):
        assert name in answer.headers


def test_a_refusal_before_our_code_keeps_what_its_headers_say(acme: Acme) -> None:
    carol, base = program(acme.carol), f"/api/v1/o/{acme.slug}"
    refused = carol.put(f"{base}/documents")
    assert "GET" in refused.headers["Allow"]
    content = f"{base}/documents/{acme.contract.pk}/content"
    beyond = carol.get(content, headers={"Range": "bytes=999999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"].startswith("bytes */")
    assert beyond.json()["code"] == "range"
    for answer in (refused, beyond):
        assert int(answer.headers["Content-Length"]) == len(answer.content)
