"""Keys, walls and explanations for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.ids import uuid7
from tenants.models import Team
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.vault.scene import api_of

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
    assert rows["Alice"]["reasons"][0] == {"words": "Owner of the organisation", "grant": None}

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
