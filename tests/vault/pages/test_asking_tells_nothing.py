"""What is hidden and what is not there at all: whoever sees neither is told the same of both."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from tests.isolation.test_requests import anonymous
from tests.vault.scene import api_of
from vault.access import Role
from vault.flows.ask import ask_for_document
from vault.flows.news import news_of
from vault.flows.requests import requests_of
from vault.models import AccessRequest, Document


def both(acme: Acme) -> dict[str, UUID]:
    return {"hidden": acme.contract.pk, "unknown": Document().pk}


def as_heard(get: Any, node: UUID) -> tuple[int, str, int]:
    """Status, what came without the ids, and how many queries it took."""
    get(node)
    with CaptureQueriesContext(connection) as captured:
        answer = get(node)
    text = answer.content.decode().replace(str(node), "-")
    return answer.status_code, anonymous(f"{answer.headers}{text}"), len(captured)


@pytest.mark.parametrize(
    "path", ["d/{}/", "d/{}/content/", "d/{}/versions/", "d/{}/ask/", "files/{}/", "files/{}/ask/"]
)
def test_a_refused_page_is_the_one_of_an_unknown_id(acme: Acme, path: str) -> None:
    client = signed_in(acme.dan)
    ids = both(acme)
    if path.startswith("files/"):
        ids["hidden"] = acme.folder.pk

    def get(node: UUID) -> Any:
        return client.get(f"/o/{acme.slug}/{path.format(node)}")

    hidden, unknown = (as_heard(get, ids[word]) for word in ("hidden", "unknown"))
    assert hidden == unknown
    assert hidden[0] == (200 if path.endswith("ask/") else 404)
    assert "Ask for access" in hidden[1]


@pytest.mark.parametrize("door", ["page", "call"])
def test_asking_answers_the_same_for_both(acme: Acme, door: str, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    client, api = signed_in(acme.dan), api_of(acme.dan, acme.slug)

    def ask(node: UUID) -> Any:
        if door == "page":
            return client.post(f"/o/{acme.slug}/d/{node}/ask/", {"role": "read"})
        return api.send("POST", f"/documents/{node}/access-requests", {"role": "read"})

    ids = both(acme)
    hidden, unknown = (as_heard(ask, ids[word]) for word in ("hidden", "unknown"))
    assert hidden == unknown
    with scope(acme.tenant_id):
        rows = AccessRequest.objects.values_list("kind", "role", "note", "state")
        assert len(rows) == 2
        assert len(set(rows)) == 1


def test_ones_own_list_tells_them_no_further_apart(acme: Acme) -> None:
    with scope(acme.tenant_id):
        for node in both(acme).values():
            ask_for_document(acme.dan, node, role=Role.READ)
        AccessRequest.objects.update(created_at=timezone.now())
        assert [mine.node for mine in requests_of(acme.dan)[0]] == [None, None]
        assert news_of(acme.dan)[0] == []
    told = api_of(acme.dan, acme.slug).get("/access-requests", box="mine").json()["items"]
    same = [{k: v for k, v in one.items() if k not in ("id", "node")} for one in told]
    assert same[0] == same[1]
    page = signed_in(acme.dan).get(f"/o/{acme.slug}/requests/").content.decode()
    assert page.count("A document") == 2
    assert "contract" not in page


def test_strangers_are_shown_no_form(acme: Acme, rival: Rival) -> None:
    address = f"/o/{acme.slug}/d/{acme.contract.pk}/"
    assert "Ask for access" not in signed_in(rival.mallory).get(address).content.decode()
    assert Client().get(address).status_code == 302


def test_a_program_is_told_what_it_was_told_before(acme: Acme) -> None:
    answer = api_of(acme.dan, acme.slug).get(f"/documents/{acme.contract.pk}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_may_too_little_is_told_what_it_takes(acme: Acme) -> None:
    page = signed_in(acme.carol).get(f"/o/{acme.slug}/files/{acme.folder.pk}/rename/")
    text = page.content.decode()
    assert page.status_code == 403
    assert "For this you need: <strong>Can edit</strong>" in text
    assert f"/o/{acme.slug}/files/{acme.folder.pk}/ask/" in text
    assert 'value="read"' not in text  # she has as much


def test_what_nobody_can_give_is_not_asked_for(acme: Acme) -> None:
    page = signed_in(acme.carol).get(f"/o/{acme.slug}/admin/audit/")
    assert page.status_code == 403
    assert "Ask for access" not in page.content.decode()


def test_a_note_that_is_too_long_is_said_so(acme: Acme) -> None:
    address = f"/o/{acme.slug}/d/{acme.contract.pk}/ask/"
    page = signed_in(acme.dan).post(address, {"role": "read", "note": "x" * 501})
    assert page.status_code == 422
    with scope(acme.tenant_id):
        assert not AccessRequest.objects.exists()
