"""Many things at once by a program: what it names, what it is told, and what is refused."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from tenants.scoping import scope
from tests.cast import Acme
from tests.vault.many import make, papers
from tests.vault.scene import Api, api_of
from vault.flows.bulk import AT_ONCE
from vault.models import Document, DocumentUserGrant, Job


@pytest.fixture
def program(acme: Acme) -> Api:
    return api_of(acme.bob, acme.slug)


def ask(program: Api, **wish: Any) -> Any:
    return program.send("POST", "/bulk", wish)


def test_many_move_and_the_answer_says_where_to_look(acme: Acme, program: Api) -> None:
    with scope(acme.tenant_id):
        target, some = make(acme, "Archive"), papers(acme, 3)
    nobodys = uuid4()
    documents = [*map(str, some), str(nobodys)]
    answer = ask(program, act="move", documents=documents, to=str(target.pk))
    assert answer.status_code == 202
    told = answer.json()
    assert (told["state"], told["total"], told["done"], told["failed"]) == ("done", 4, 4, 1)
    assert answer.headers["Location"] == f"{program.base}/jobs/{told['id']}"
    whole = program.get(f"/jobs/{told['id']}").json()
    assert whole["failures"] == [
        {
            "kind": "document",
            "id": str(nobodys),
            "name": None,
            "code": "not_found",
            "words": "It's no longer there, or not yours to see",
        }
    ]
    assert whole["next"] is None
    assert [job["id"] for job in program.get("/jobs").json()["items"]] == [told["id"]]


def test_all_that_a_query_finds_is_thrown_away(acme: Acme, program: Api) -> None:
    with scope(acme.tenant_id):
        papers(acme, AT_ONCE + 5)
    told = ask(program, act="trash", query={"q": "paper"}).json()
    assert told["total"] == AT_ONCE + 5
    assert program.get(f"/jobs/{told['id']}").json()["state"] == "done"
    with scope(acme.tenant_id):
        assert list(Document.objects.all()) == [acme.contract]


def test_all_inside_a_folder_gets_a_key(acme: Acme) -> None:
    alice = api_of(acme.alice, acme.slug)
    inside, dan = str(acme.folder.pk), str(acme.dan.user_id)
    wish = {"act": "grant", "inside": inside, "user": dan, "role": "read"}
    assert ask(alice, **wish).json()["total"] == 1
    with scope(acme.tenant_id):
        assert DocumentUserGrant.objects.filter(user_id=acme.dan.user_id).count() == 1


def test_a_job_is_stopped(acme: Acme, program: Api, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    with scope(acme.tenant_id):
        papers(acme, AT_ONCE)
    told = ask(program, act="trash", inside=str(acme.folder.pk)).json()
    assert told["state"] == "waiting"
    assert program.send("DELETE", f"/jobs/{told['id']}").status_code == 204
    assert program.get(f"/jobs/{told['id']}").json()["state"] == "stopped"


def test_a_job_remembers_the_token_that_it_was_asked_by(acme: Acme, program: Api) -> None:
    ask(program, act="trash", documents=[str(acme.contract.pk)])
    with scope(acme.tenant_id):
        assert Job.objects.get().token_id


@pytest.mark.parametrize("ceiling", ["preview", "read"])
def test_a_weak_token_does_nothing(acme: Acme, ceiling: str) -> None:
    weak = api_of(acme.alice, acme.slug, ceiling)
    answer = ask(weak, act="trash", documents=[str(acme.contract.pk)])
    assert (answer.status_code, answer.json()["code"]) == (403, "no_permission")


ONE = str(uuid4())


@pytest.mark.parametrize(
    "wish",
    [
        {"act": "burn", "documents": [ONE]},
        {"act": "trash"},
        {"act": "trash", "documents": [ONE], "inside": ONE},
        {"act": "trash", "inside": ONE, "query": {"q": "x"}},
        {"act": "move", "documents": [ONE]},
        {"act": "grant", "documents": [ONE], "user": ONE},
        {"act": "grant", "documents": [ONE], "user": ONE, "team": ONE, "role": "read"},
        {"act": "trash", "documents": ["x"]},
    ],
)
def test_a_wish_that_says_too_little_or_too_much_is_refused(
    program: Api, wish: dict[str, Any]
) -> None:
    answer = ask(program, **wish)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_too_many_are_refused_clearly(program: Api) -> None:
    answer = ask(program, act="trash", documents=[str(uuid4()) for _ in range(10_001)])
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many")
