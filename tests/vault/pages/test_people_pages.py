"""The members, and all that one of them can reach, as pages."""

from typing import Any

import pytest

from tenants.flows.teams import add_to_team, create_team
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.vault.rows import crowd_of
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document, grant_on_folder


def shown(acme: Acme, who: str, about: str) -> Any:
    seat = "me" if about == "me" else getattr(acme, about).membership_id
    return signed_in(getattr(acme, who)).get(f"/o/{acme.slug}/members/{seat}/access/")


def test_members_stand_there_with_teams_and_keys(acme: Acme) -> None:
    with scope(acme.tenant_id):
        team = create_team(acme.alice, name="Buyers")
        add_to_team(acme.alice, team.pk, acme.bob.membership_id)
    page = signed_in(acme.alice).get(f"/o/{acme.slug}/members/")
    rows = {p["name"]: (p["role"], p["teams"], p["keys"]) for p in page.context["people"]}
    assert rows == {
        "Alice": ("owner", [], 1),  # of their own folders
        "Bob": ("member", ["Buyers"], 2),
        "Carol": ("member", [], 1),
        "Dan": ("guest", [], 0),
    }


def test_a_search_finds_by_name_and_says_when_it_finds_nobody(acme: Acme) -> None:
    client, path = signed_in(acme.alice), f"/o/{acme.slug}/members/"
    page = client.get(path, {"q": "BOB"})
    assert [person["name"] for person in page.context["people"]] == ["Bob"]
    assert "Nobody found" in client.get(path, {"q": "zzzz"}).content.decode()
    assert len(client.get(path, {"q": "x" * 201}).context["people"]) == 4


def test_an_admin_sees_what_somebody_reaches(acme: Acme) -> None:
    page = shown(acme, "alice", "bob")
    words = page.content.decode()
    assert "All that <bdi>Bob</bdi> can reach" in words
    keys = {key["node"]["name"]: key for key in page.context["keys"]}
    assert set(keys) == {"Bob", "Invoices", ""}
    assert keys[""]["team"]["name"] == "Everyone"
    assert keys["Invoices"]["may_change"]
    assert [part["number"] for part in page.context["tally"]] == [1]
    (document,) = page.context["documents"]
    assert (document["name"], document["may_look"]) == ("contract.pdf", True)
    assert document["origin"] == {
        "is_folder": True,
        "name": "Invoices",
        "team": "",
        "others": 1,
    }
    assert f"/o/{acme.slug}/d/{acme.contract.pk}/access/" in words


@pytest.mark.parametrize("about", ["me", "carol"])
def test_people_see_their_own_and_no_door_that_is_closed(acme: Acme, about: str) -> None:
    page = shown(acme, "carol", about)
    words = page.content.decode()
    assert "All that you can reach" in words
    assert [document["may_look"] for document in page.context["documents"]] == [False]
    assert f"/o/{acme.slug}/d/{acme.contract.pk}/access/" not in words
    assert f"/o/{acme.slug}/teams/" not in words


def test_a_guest_who_may_edit_is_led_to_no_directory(acme: Acme) -> None:
    with scope(acme.tenant_id):
        dan = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=dan, role=Role.MANAGE)
    page = shown(acme, "dan", "me")
    (key,) = page.context["keys"]
    assert (key["may_look"], key["may_change"]) == (False, False)


def test_owners_are_told_that_they_hold_everything(acme: Acme) -> None:
    words = shown(acme, "alice", "me").content.decode()
    assert "holds a manage key to everything" in words
    assert "holds a manage key to everything" not in shown(acme, "bob", "me").content.decode()


def test_documents_are_read_on_by_pages(acme: Acme) -> None:
    with scope(acme.tenant_id):
        names = crowd_of(acme.folder, documents=60)
    path, client = f"/o/{acme.slug}/members/me/access/", signed_in(acme.bob)
    first = client.get(path)
    second = client.get(path, {"after": first.context["next_cursor"]})
    found = [d["name"] for page in (first, second) for d in page.context["documents"]]
    assert sorted(found) == sorted([*names, "contract.pdf"])
    assert first.context["total"] == second.context["total"] == 61
    assert client.get(path, {"after": "nonsense"}).status_code == 422


def test_the_access_panel_leads_admins_to_each_person(acme: Acme) -> None:
    with scope(acme.tenant_id):
        bob = Principal("user", acme.bob.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=bob, role=Role.MANAGE)
    path = f"/o/{acme.slug}/files/{acme.folder.pk}/access/"
    link = f"/o/{acme.slug}/members/{acme.carol.user_id}/access/"
    assert link in signed_in(acme.alice).get(path).content.decode()
    assert link not in signed_in(acme.bob).get(path).content.decode()
    assert signed_in(acme.alice).get(link).status_code == 200
