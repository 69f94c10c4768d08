"""Keys, walls and explanations for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.ids import uuid7
from tenants.models import Team
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.vault.moments import now_in_the_database
from tests.vault.scene import api_of
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document
from vault.models import Folder

NODES = ["folders", "documents"]


def node(acme: Acme, kind: str) -> str:
    return f"/{kind}/{acme.folder.pk if kind == 'folders' else acme.contract.pk}"


def moment(**from_now: float) -> str:
    """To the millisecond, as the API tells times."""
    return (datetime.now(UTC) + timedelta(**from_now)).isoformat(timespec="milliseconds")


@pytest.mark.parametrize("kind", NODES)
def test_a_key_is_given_listed_explained_and_taken_back(acme: Acme, kind: str) -> None:
    api, dan = api_of(acme.alice, acme.slug), api_of(acme.dan, acme.slug)
    until = moment(days=2)
    new = {"user": str(acme.dan.user_id), "role": "read", "expires_at": until}
    made = api.send("POST", node(acme, kind) + "/grants", new)
    assert made.status_code == 201
    grant = made.json()
    assert (grant["user"], grant["team"]) == (str(acme.dan.user_id), None)
    assert (grant["role"], grant["node"]) == ("read", node(acme, kind).rpartition("/")[2])
    assert grant["granted_by"] == str(acme.alice.user_id)
    assert datetime.fromisoformat(grant["expires_at"]) == datetime.fromisoformat(until)
    assert grant in api.get(node(acme, kind) + "/grants").json()["items"]
    assert dan.get(node(acme, kind)).json()["role"] == "read"

    rows = {row["person"]["name"]: row for row in access(api, acme, kind)}
    assert (rows["Dan"]["role"], rows["Dan"]["direct"]) == ("read", True)
    (reason,) = rows["Dan"]["reasons"]
    assert reason["grant"] == grant
    assert "by Alice" in reason["words"]
    assert rows["Alice"]["reasons"][0] == {
        "words": "Owner of the organisation",
        "grant": None,
        "may_change": False,
        "ask": [],
    }
    assert reason["may_change"] is True

    path = f"/grants/{grant['id']}"
    assert api.send("DELETE", path).status_code == 204
    assert dan.get(node(acme, kind)).status_code == 404
    assert api.send("DELETE", path).status_code == 404


def access(api: Any, acme: Acme, kind: str) -> list[dict[str, Any]]:
    answer = api.get(node(acme, kind) + "/access").json()
    assert answer["next"] is None
    items: list[dict[str, Any]] = answer["items"]
    return items


def test_a_team_gets_a_key(acme: Acme) -> None:
    with scope(acme.tenant_id):
        everyone = str(Team.objects.get(is_everyone=True).pk)
    api = api_of(acme.alice, acme.slug)
    made = api.send("POST", node(acme, "folders") + "/grants", {"team": everyone, "role": "edit"})
    assert (made.status_code, made.json()["team"], made.json()["user"]) == (201, everyone, None)
    assert api_of(acme.carol, acme.slug).get(node(acme, "documents")).json()["role"] == "edit"


WRONG: dict[str, dict[str, object]] = {
    "nobody": {"role": "read"},
    "two principals": {"user": str(uuid7()), "team": str(uuid7()), "role": "read"},
    "no id": {"user": "dan", "role": "read"},
    "an unknown role": {"user": str(uuid7()), "role": "owner"},
    "no role": {"user": str(uuid7())},
    "no member": {"user": str(uuid7()), "role": "read"},
    "no team": {"team": str(uuid7()), "role": "read"},
    "a time without a zone": {"user": "dan", "role": "read", "expires_at": "2099-01-01T00:00:00"},
    "the past": {"user": "dan", "role": "read", "expires_at": "2020-01-01T00:00:00Z"},
    "no time": {"user": "dan", "role": "read", "expires_at": "someday"},
}


@pytest.mark.parametrize("kind", NODES)
def test_a_key_that_cannot_be_given_is_refused_and_not_kept(acme: Acme, kind: str) -> None:
    api = api_of(acme.alice, acme.slug)
    before = api.get(node(acme, kind) + "/grants").json()
    for why, fields in WRONG.items():
        new = {**fields, "user": str(acme.dan.user_id)} if "expires_at" in fields else fields
        answer = api.send("POST", node(acme, kind) + "/grants", new)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), why
        assert answer["Content-Type"] == "application/problem+json"
    assert api.get(node(acme, kind) + "/grants").json() == before


def test_nobody_of_another_organisation_gets_a_key(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        theirs = str(Team.objects.get(is_everyone=True).pk)
    api = api_of(acme.alice, acme.slug)
    for principal in ({"user": str(rival.mallory.user_id)}, {"team": theirs}):
        answer = api.send("POST", node(acme, "folders") + "/grants", {**principal, "role": "read"})
        assert answer.status_code == 422


@pytest.mark.parametrize("kind", NODES)
def test_a_wall_is_put_up_and_taken_down(acme: Acme, kind: str) -> None:
    api, carol = api_of(acme.alice, acme.slug), api_of(acme.carol, acme.slug)
    for _ in range(2):
        assert api.send("PUT", node(acme, kind) + "/wall").status_code == 204
    assert api.get(node(acme, kind)).json()["restricted"] is True
    assert carol.get(node(acme, kind)).status_code == 404
    for _ in range(2):
        assert api.send("DELETE", node(acme, kind) + "/wall").status_code == 204
    assert carol.get(node(acme, kind)).json()["restricted"] is False


@pytest.mark.parametrize("kind", NODES)
def test_an_editor_sees_keys_and_gives_none(acme: Acme, kind: str) -> None:
    bob = api_of(acme.bob, acme.slug)
    assert bob.get(node(acme, kind) + "/grants").status_code == 200
    assert bob.get(node(acme, kind) + "/access").status_code == 200
    new = {"user": str(acme.dan.user_id), "role": "preview"}
    for answer in (
        bob.send("POST", node(acme, kind) + "/grants", new),
        bob.send("PUT", node(acme, kind) + "/wall"),
        bob.send("DELETE", node(acme, kind) + "/wall"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "no_permission")


@pytest.mark.parametrize("kind", NODES)
def test_a_guest_with_every_right_sees_no_directory(acme: Acme, kind: str) -> None:
    alice, dan = api_of(acme.alice, acme.slug), api_of(acme.dan, acme.slug)
    new = {"user": str(acme.dan.user_id), "role": "manage"}
    alice.send("POST", node(acme, kind) + "/grants", new)
    assert dan.get(node(acme, kind)).json()["role"] == "manage"
    for path in (node(acme, kind) + "/access", "/members", "/teams"):
        assert dan.get(path).status_code == 403


def wants(**change: object) -> dict[str, object]:
    return {"give": [], "take": [], **change}


@pytest.mark.parametrize("kind", NODES)
def test_several_keys_change_in_one_call_and_a_dry_run_only_says_what_it_would_do(
    acme: Acme, kind: str
) -> None:
    api, path = api_of(acme.alice, acme.slug), node(acme, kind) + "/grants"
    before = api.get(path).json()["items"]
    give = [
        {"user": str(acme.dan.user_id), "role": "read"},
        {"user": str(acme.carol.user_id), "role": "edit"},
    ]
    foreseen = api.send("PATCH", path + "?dry_run=true", wants(give=give)).json()
    assert (foreseen["gaining"], foreseen["losing"]) == (2, 0)
    people = {change["person"]["name"]: change for change in foreseen["people"]}
    assert (people["Dan"]["before"], people["Dan"]["after"]) == ("none", "read")
    assert (people["Carol"]["before"], people["Carol"]["after"]) == ("read", "edit")
    assert people["Dan"]["documents_gained"] == 1
    assert api.get(path).json()["items"] == before

    done = api.send("PATCH", path, wants(give=give)).json()["items"]
    added = [grant["id"] for grant in done if grant not in before]
    assert len(added) == 2
    assert api.send("PATCH", path, wants(take=added)).json()["items"] == before
    assert api.send("PATCH", path, wants(take=added)).status_code == 404


def test_every_change_of_rights_has_a_dry_run(acme: Acme) -> None:
    api = api_of(acme.alice, acme.slug)
    folder, document = node(acme, "folders"), node(acme, "documents")
    given = api.send("POST", document + "/grants", {"user": str(acme.dan.user_id), "role": "read"})
    grant = f"/grants/{given.json()['id']}"
    with scope(acme.tenant_id):
        home = str(Folder.objects.get(home_of=acme.alice.user_id).pk)
    new = {"user": str(acme.dan.user_id), "role": "edit"}
    losing = {
        ("POST", folder + "/grants"): (new, 0),
        ("POST", document + "/grants"): (new, 0),
        ("DELETE", grant): (None, 1),
        ("PUT", folder + "/wall"): (None, 1),
        ("DELETE", folder + "/wall"): (None, 0),
        ("PUT", document + "/wall"): (None, 2),
        ("DELETE", document + "/wall"): (None, 0),
        ("PATCH", folder): ({"parent": home}, 1),
        ("PATCH", document): ({"folder": home}, 2),
    }
    for (method, path), (body, number) in losing.items():
        answer = api.send(method, path + "?dry_run=true", body)
        assert (answer.status_code, answer.json()["losing"]) == (200, number), (method, path)
    assert [g["id"] for g in api.get(document + "/grants").json()["items"]] == [grant[8:]]
    for path in (folder, document):
        assert api.get(path).json()["restricted"] is False


def test_who_could_see_it_at_a_past_moment_is_told(acme: Acme) -> None:
    api, path = api_of(acme.alice, acme.slug), node(acme, "documents") + "/access"
    then = now_in_the_database()
    with scope(acme.tenant_id):
        grant_on_document(
            acme.alice,
            acme.contract.pk,
            to=Principal("user", acme.dan.user_id),
            role=Role.READ,
        )
    now, past = api.get(path).json(), api.get(path, at=then.isoformat()).json()
    names = [{row["person"]["name"] for row in answer["items"]} for answer in (now, past)]
    assert names == [{"Alice", "Bob", "Carol", "Dan"}, {"Alice", "Bob", "Carol"}]
    assert (past["state"], past["total"]) == ("there", 3)
    assert api.get(path, at="2001-01-01T00:00:00Z").json()["state"] == "absent"
    assert api.get(path, q="carol").json()["total"] == 1
