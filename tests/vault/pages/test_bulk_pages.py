"""Choosing many, or all that a list goes on with; where to, for whom; and what came of it."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.vault.many import make, papers
from vault.access import Role
from vault.flows import choose
from vault.flows.bulk import AT_ONCE, trash_all
from vault.flows.choose import ticked
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.star import star_document
from vault.models import Document, DocumentUserGrant, Folder, Job, JobFailure

MANY = 60  # more than a page shows


@pytest.fixture
def some(acme: Acme) -> list[UUID]:
    with scope(acme.tenant_id):
        return papers(acme, MANY)


@pytest.fixture
def bob(acme: Acme) -> Client:  # type: ignore[override]
    return signed_in(acme.bob)


@pytest.fixture
def target(acme: Acme) -> Folder:
    with scope(acme.tenant_id):
        return make(acme, "Archive")


def at(acme: Acme, path: str) -> str:
    return f"/o/{acme.slug}/{path}"


def page(client: Client, acme: Acme, path: str) -> str:
    answer = client.get(at(acme, path))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client: Client, acme: Acme, path: str, **fields: Any) -> tuple[int, str]:
    answer = client.post(at(acme, path), fields)
    return answer.status_code, answer.headers.get("Location", "")


def nodes(some: list[UUID]) -> str:
    return "&".join(f"node=document:{pk}" for pk in some)


def test_a_list_with_more_pages_offers_all_of_it(acme: Acme, bob: Client, some: object) -> None:
    folder = f"files/{acme.folder.pk}/"
    assert "Select all 61 matching" in page(bob, acme, folder)
    assert "Select all 60 matching" in page(bob, acme, "search/?q=paper")


def test_a_list_that_is_whole_offers_nothing_more(acme: Acme, bob: Client) -> None:
    for path in (f"files/{acme.folder.pk}/", "search/?q=c", "recent/", "starred/"):
        assert "matching" not in page(bob, acme, path)


def test_more_than_can_be_taken_is_not_offered(
    acme: Acme, bob: Client, some: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choose, "MOST", 55)
    monkeypatch.setattr("vault.views.selecting.MOST", 55)
    shown = page(bob, acme, f"files/{acme.folder.pk}/")
    assert "55+ match: too many to select at once" in shown
    assert "Select all" not in shown
    answer = bob.get(at(acme, f"bulk/move/?matching=folder:{acme.folder.pk}"))
    assert answer.status_code == 422
    assert "Up to 55 folders and documents" in answer.content.decode()


def test_the_number_that_is_shown_is_what_moves(
    acme: Acme, bob: Client, some: object, target: Folder
) -> None:
    """The target lies in the folder, too; it stays where it is, and says why."""
    address = f"bulk/move/?matching=search:q%3Dpaper&back=/o/{acme.slug}/files/"
    assert "Move 60 items" in page(bob, acme, address)
    assert send(bob, acme, address, to=target.pk) == (302, at(acme, "files/"))
    with scope(acme.tenant_id):
        assert Document.objects.filter(folder=target).count() == MANY
        assert Job.objects.get().state == "done"


@pytest.mark.parametrize("name", ["starred", "recent"])
def test_ones_own_lists_are_taken_whole(acme: Acme, bob: Client, name: str) -> None:
    with scope(acme.tenant_id):
        star_document(acme.bob, acme.contract.pk)
    bob.get(at(acme, f"d/{acme.contract.pk}/"))
    assert send(bob, acme, "trash/several/", matching=f"{name}:")[0] == 302
    with scope(acme.tenant_id):
        assert not Document.objects.filter(pk=acme.contract.pk).exists()


@pytest.mark.parametrize("matching", ["folder:x", "team:1", "search:days=soon", "x" * 2001])
def test_a_list_that_is_none_is_refused(acme: Acme, bob: Client, matching: str) -> None:
    assert send(bob, acme, "trash/several/", matching=matching)[0] == 422


def test_it_steps_from_folder_to_folder_with_what_was_chosen(
    acme: Acme, bob: Client, target: Folder
) -> None:
    chosen = nodes([acme.contract.pk])
    shown = page(bob, acme, f"bulk/move/?{chosen}&to={acme.folder.pk}")
    assert f"node=document%3A{acme.contract.pk}&amp;to={target.pk}" in shown
    assert f"to={acme.folder.pk}&amp;to=" not in shown


def test_a_key_is_given_to_each(acme: Acme, some: list[UUID]) -> None:
    alice, three = signed_in(acme.alice), some[:3]
    address = f"bulk/grant/?{nodes(three)}"
    assert "Give access to 3 items" in page(alice, acme, address)
    sent = {"principal": f"user:{acme.dan.user_id}", "role": "read"}
    assert send(alice, acme, address, **sent)[0] == 302
    with scope(acme.tenant_id):
        given = DocumentUserGrant.objects.filter(user_id=acme.dan.user_id)
        assert {grant.content_object_id for grant in given} == set(three)


def test_a_form_that_is_not_right_is_shown_again(acme: Acme, some: list[UUID]) -> None:
    alice = signed_in(acme.alice)
    sent = {"principal": f"user:{acme.dan.user_id}", "role": "read", "until": "2020-01-01"}
    assert send(alice, acme, f"bulk/grant/?{nodes(some[:2])}", **sent)[0] == 422
    target = f"bulk/move/?{nodes(some[:2])}"
    assert send(signed_in(acme.bob), acme, target, to=acme.root.pk)[0] == 409


def test_what_was_refused_is_shown_by_name_with_the_reason(
    acme: Acme, bob: Client, target: Folder
) -> None:
    with scope(acme.tenant_id):
        (taken, good) = papers(acme, 2)
        papers(acme, 1, target)
    status, where = send(bob, acme, f"bulk/move/?{nodes([taken, good])}", to=target.pk)
    with scope(acme.tenant_id):
        job = Job.objects.get()
    assert (status, where) == (302, at(acme, f"jobs/{job.pk}/"))
    shown = page(bob, acme, f"jobs/{job.pk}/")
    for words in ("Move 2 items to “Archive”", "1 done, 1 not", "Paper 0000.pdf", "name is taken"):
        assert words in shown
    assert "Done in part" in page(bob, acme, "jobs/")


def test_a_long_act_leaves_at_once_and_goes_on(
    acme: Acme, bob: Client, some: object, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    sent = {"matching": f"folder:{acme.folder.pk}", "back": at(acme, "files/")}
    assert send(bob, acme, "trash/several/", **sent) == (302, at(acme, "files/"))
    with scope(acme.tenant_id):
        job = Job.objects.get()
    assert (job.state, job.total) == ("waiting", 61)
    assert f'href="{at(acme, f"jobs/{job.pk}/")}"' in page(bob, acme, "files/")
    shown = page(bob, acme, f"jobs/{job.pk}/")
    assert 'max="61" value="0"' in shown
    assert "0 of 61" in shown
    assert send(bob, acme, f"jobs/{job.pk}/stop/")[0] == 302
    assert "What was done before it was stopped" in page(bob, acme, f"jobs/{job.pk}/")


def test_a_job_that_threw_away_is_undone_from_its_page(acme: Acme, bob: Client) -> None:
    with scope(acme.tenant_id):
        job = trash_all(acme.bob, ticked([], papers(acme, AT_ONCE + 1)))
        job.refresh_from_db()
    undo = at(acme, f"trash/{job.trashing}/restore/")
    assert f'action="{undo}"' in page(bob, acme, f"jobs/{job.pk}/")
    assert bob.post(undo).status_code == 302
    with scope(acme.tenant_id):
        assert Document.objects.filter(folder=acme.folder).count() == AT_ONCE + 2
    assert "Undo" not in page(bob, acme, f"jobs/{job.pk}/").replace("Undo what was", "")


def test_many_refusals_come_in_pages(acme: Acme, bob: Client) -> None:
    with scope(acme.tenant_id):
        job = trash_all(acme.bob, ticked([], [acme.contract.pk]))
        fact = {"tenant_id": acme.tenant_id, "job": job, "kind": "document"}
        fact |= {"code": "not_found", "words": "Nothing", "node": acme.contract.pk}
        JobFailure.objects.bulk_create(JobFailure(**fact, place=n) for n in range(120))
    numbers, address = [], f"jobs/{job.pk}/"
    while address:
        shown = page(bob, acme, address)
        numbers.append(shown.count(">Nothing<"))
        _, _, rest = shown.partition('rel="next" href="')
        address = f"jobs/{job.pk}/{rest.partition(chr(34))[0]}" if rest else ""
    assert numbers == [50, 50, 20]


def test_the_news_of_a_job_leads_to_it(acme: Acme, bob: Client) -> None:
    with scope(acme.tenant_id):
        job = trash_all(acme.bob, ticked([], papers(acme, AT_ONCE + 1)))
    shown = page(bob, acme, "news/")
    assert f'href="{at(acme, f"jobs/{job.pk}/")}"' in shown
    assert "Moving to the trash: 51 of 51 done, 0 not" in shown


def test_sharing_is_offered_for_what_one_may_share(acme: Acme, bob: Client) -> None:
    folder = f"files/{acme.folder.pk}/"
    assert "data-manage" not in page(bob, acme, folder)
    with scope(acme.tenant_id):
        to = Principal("user", acme.bob.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.MANAGE)
    assert "data-manage" in page(bob, acme, folder)
