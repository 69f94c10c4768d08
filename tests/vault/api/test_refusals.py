"""Refusals: one form for all of them, a stable code, and nothing that tells of others' things."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from tenants.models import ApiToken, Organisation
from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from tests.vault.scene import api_of, token_of

PROBLEM = {"type", "title", "status", "code", "detail", "request_id"}


def told(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert set(body) >= PROBLEM
    assert body["status"] == status
    assert body["request_id"] == answer["X-Request-ID"]
    assert body["title"]
    assert body["detail"]


NO_TOKENS = ["", "Bearer", "Bearer ", "Bearer x", "Bearer sr_x", "Basic eDp4"]


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/o/{slug}", "/api/v1/o/{slug}/usage"])
def test_without_a_token_there_is_nothing(acme: Acme, path: str) -> None:
    sent = [{"Authorization": text} for text in [*NO_TOKENS, "Bearer sr_" + "A" * 86]]
    for headers in ({}, *sent):
        answer = Client().get(path.format(slug=acme.slug), headers=headers)
        told(answer, 401, "unauthenticated")
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_opens_no_call(acme: Acme) -> None:
    """Else a form on a strange page could call with somebody's cookie."""
    told(signed_in(acme.alice).get(f"/api/v1/o/{acme.slug}/usage"), 401, "unauthenticated")


@pytest.mark.parametrize("how", ["revoked", "over", "changed", "its person is deactivated"])
def test_a_token_that_is_over_opens_nothing(acme: Acme, how: str) -> None:
    api = api_of(acme.carol, acme.slug)
    assert api.get().status_code == 200
    with scope(acme.tenant_id):
        if how == "revoked":
            ApiToken.objects.update(revoked_at=timezone.now())
        if how == "over":
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        if how == "changed":
            ApiToken.objects.update(digest=b"\0" * 32)
    if how == "its person is deactivated":
        User.objects.filter(pk=acme.carol.user_id).update(is_active=False)
    told(api.get(), 401, "unauthenticated")


def test_a_token_opens_its_own_organisation_alone(acme: Acme, rival: Rival) -> None:
    secret = token_of(rival.mallory)
    for slug in (acme.slug, "no-such"):
        answer = Client().get(
            f"/api/v1/o/{slug}/usage", headers={"Authorization": f"Bearer {secret}"}
        )
        told(answer, 404, "not_found")


def test_a_suspended_organisation_answers_nobody(acme: Acme) -> None:
    api = api_of(acme.alice, acme.slug)
    Organisation.objects.filter(pk=acme.tenant_id).update(state="suspended")
    told(api.get(), 403, "suspended")


UNSEEN = [
    "/folders/{id}",
    "/folders/{id}/children",
    "/folders/{id}/grants",
    "/folders/{id}/access",
    "/documents/{id}",
    "/documents/{id}/content",
    "/documents/{id}/links",
    "/links/{id}",
    "/nothing",
    "/folders/no-id",
    "/documents/{id}/nothing",
]


def test_what_is_not_seen_and_what_is_not_there_answer_alike(acme: Acme, rival: Rival) -> None:
    api = api_of(acme.dan, acme.slug)
    ids = [uuid7(), acme.folder.pk, acme.contract.pk, rival.root.pk]
    for path in UNSEEN:
        answers = [api.get(path.format(id=one)) for one in ids]
        for answer in answers:
            told(answer, 404, "not_found")
        bodies = [{**answer.json(), "request_id": ""} for answer in answers]
        assert all(body == bodies[0] for body in bodies), path


WRONG_BODIES = [None, {"name": 5}, {"name": ["a"]}, {"name": {}}]


def test_a_body_that_cannot_be_taken_is_told(acme: Acme) -> None:
    api = api_of(acme.bob, acme.slug)
    document = f"/documents/{acme.contract.pk}"
    calls = [("PATCH", document, body) for body in WRONG_BODIES]
    calls += [("POST", "/folders", body) for body in [*WRONG_BODIES, [], {}, "text", 5]]
    for method, path, body in calls:
        answer = api.send(method, path, body)
        assert answer.status_code in (400, 422), (method, body)
        assert answer.json()["code"] in ("invalid", "bad_request")
        assert set(answer.json()) >= PROBLEM


def test_a_field_that_cannot_be_taken_is_named(acme: Acme) -> None:
    answer = api_of(acme.bob, acme.slug).send("POST", "/folders", {"name": "x", "parent": "here"})
    told(answer, 422, "invalid")
    assert [field["field"].rpartition(".")[2] for field in answer.json()["fields"]] == ["parent"]


def test_a_name_that_will_not_do_is_refused(acme: Acme) -> None:
    api = api_of(acme.bob, acme.slug)
    for name in ("", "a/b", "..", "a\0b", "\ud800", "x."):
        for method, path, more in (
            ("POST", "/folders", {"parent": str(acme.folder.pk)}),
            ("PATCH", f"/folders/{acme.folder.pk}", {}),
            ("PATCH", f"/documents/{acme.contract.pk}", {}),
        ):
            answer = api.send(method, path, {**more, "name": name})
            assert answer.status_code == 422, name
            assert answer.json()["code"] in ("name_invalid", "invalid")


def test_a_cursor_that_is_not_ours_is_refused(acme: Acme) -> None:
    api = api_of(acme.carol, acme.slug)
    for cursor in ("garbage", "x" * 2001, "WyJmb2xkZXIiLCAiIiwgIngiXQ=="):
        told(api.get(f"/folders/{acme.folder.pk}/children", cursor=cursor), 422, "invalid")


def test_what_is_no_json_is_told(acme: Acme) -> None:
    api = api_of(acme.bob, acme.slug)
    path = f"{api.base}/documents/{acme.contract.pk}"
    for sent in (b"{", b"\xff", b"[" * 100_000, b'{"name": NaN}'):
        answer = api.client.generic("PATCH", path, sent, "application/json")
        assert answer.status_code in (400, 422), sent[:20]
        assert set(answer.json()) >= PROBLEM


def test_a_taken_name_is_a_conflict(acme: Acme) -> None:
    api = api_of(acme.alice, acme.slug)
    new = {"parent": str(acme.root.pk), "name": "invoices"}
    told(api.send("POST", "/folders", new), 409, "exists")


def test_another_method_is_not_allowed(acme: Acme) -> None:
    api = api_of(acme.alice, acme.slug)
    for method, path in (
        ("DELETE", "/usage"),
        ("PUT", f"/folders/{acme.folder.pk}"),
        ("POST", f"/documents/{acme.contract.pk}/content"),
    ):
        assert api.send(method, path).status_code == 405
