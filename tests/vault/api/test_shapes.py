"""What programs are told: shapes, sizes in bytes, times with their zone."""

import hashlib
from datetime import datetime
from typing import Any

from tenants.flows.teams import create_team
from tenants.models import Policy
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf, put
from tests.vault.rows import crowd_of
from tests.vault.scene import api_of
from vault.flows.browse import PAGE
from vault.flows.folders import create_folder, home_of
from vault.flows.restrict import restrict_folder
from vault.names import DisplayName

CONTRACT = pdf("contract.pdf")
DOCUMENT_KEYS = {
    *("kind", "id", "name", "folder", "media_type", "size", "sha256", "version", "restricted"),
    *("created_at", "changed_at", "role", "exposure", "scan", "description"),
}


def is_a_moment(text: str) -> bool:
    moment = datetime.fromisoformat(text)
    return moment.utcoffset() is not None and text.endswith("Z")


def test_me_names_the_person_and_the_tokens_organisation_alone(acme: Acme) -> None:
    api = api_of(acme.carol, acme.slug)
    answer = api.client.get("/api/v1/me").json()
    assert answer["id"] == str(acme.carol.user_id)
    assert answer["name"] == "Carol"
    here = {"slug": acme.slug, "name": "Acme Ltd", "role": "member"}
    assert answer["organisations"] == [here]


def test_the_organisation_names_its_rooms_and_rules(acme: Acme) -> None:
    with scope(acme.tenant_id):
        home = home_of(acme.carol)
    assert home is not None
    answer = api_of(acme.carol, acme.slug).get().json()
    assert answer["root_folder"] == str(acme.root.pk)
    assert answer["home_folder"] == str(home.pk)
    assert (answer["slug"], answer["name"], answer["role"]) == (acme.slug, "Acme Ltd", "member")
    assert answer["policy"]["max_file_size"] == 2 * 1024**3
    assert "pdf" in answer["policy"]["file_types"]
    assert (answer["policy"]["link_days_default"], answer["policy"]["link_days_max"]) == (7, 90)
    assert api_of(acme.dan, acme.slug).get().json()["home_folder"] is None


def test_a_document_says_what_it_is_and_what_the_caller_may(acme: Acme) -> None:
    answer = api_of(acme.carol, acme.slug).get(f"/documents/{acme.contract.pk}").json()
    assert set(answer) == DOCUMENT_KEYS
    assert answer["sha256"] == hashlib.sha256(CONTRACT).hexdigest()
    assert (answer["size"], answer["version"]) == (len(CONTRACT), 1)
    assert (answer["role"], answer["scan"]) == ("read", "unscanned")
    assert answer["exposure"] == "organisation"
    assert is_a_moment(answer["created_at"])
    assert is_a_moment(answer["changed_at"])


def test_a_folder_is_made_read_renamed_and_listed(acme: Acme) -> None:
    api = api_of(acme.bob, acme.slug)
    made = api.send("POST", "/folders", {"parent": str(acme.folder.pk), "name": " 2026 "})
    assert made.status_code == 201
    folder = made.json()
    assert (folder["kind"], folder["name"], folder["role"]) == ("folder", "2026", "edit")
    assert (folder["parent"], folder["restricted"]) == (str(acme.folder.pk), False)
    assert is_a_moment(folder["created_at"])
    path = f"/folders/{folder['id']}"
    renamed = api.send("PATCH", path, {"name": "2027"})
    assert (renamed.status_code, renamed.json()["name"]) == (200, "2027")
    assert api.get(path).json() == renamed.json()
    listed = api.get(f"/folders/{acme.folder.pk}/children").json()
    assert listed["next"] is None
    assert [(row["kind"], row["name"]) for row in listed["items"]] == [
        ("folder", "2027"),
        ("document", "contract.pdf"),
    ]
    assert listed["items"][0] == renamed.json()
    assert set(listed["items"][1]) == DOCUMENT_KEYS


def test_a_document_is_renamed(acme: Acme) -> None:
    api = api_of(acme.bob, acme.slug)
    answer = api.send("PATCH", f"/documents/{acme.contract.pk}", {"name": "Lease.pdf"})
    assert (answer.status_code, answer.json()["name"]) == (200, "Lease.pdf")
    assert api.get(f"/documents/{acme.contract.pk}").json() == answer.json()


def test_rows_of_a_folder_say_the_role_on_each(acme: Acme) -> None:
    with scope(acme.tenant_id):
        inner = create_folder(acme.alice, acme.folder.pk, name=DisplayName("Inner"))
        restrict_folder(acme.alice, inner.pk)
    rows = api_of(acme.alice, acme.slug).get(f"/folders/{acme.folder.pk}/children").json()
    assert [row["role"] for row in rows["items"]] == ["manage", "manage"]
    assert rows["items"][0]["restricted"] is True
    rows = api_of(acme.bob, acme.slug).get(f"/folders/{acme.folder.pk}/children").json()
    assert [(row["kind"], row["role"]) for row in rows["items"]] == [("document", "edit")]


def read_all(acme: Acme, folder_id: object) -> list[dict[str, Any]]:
    api, rows, query = api_of(acme.carol, acme.slug), [], {}
    while True:
        answer = api.get(f"/folders/{folder_id}/children", **query)
        assert answer.status_code == 200, answer.content
        rows += answer.json()["items"]
        if answer.json()["next"] is None:
            return rows
        query = {"cursor": answer.json()["next"]}


def test_a_listing_goes_on_by_its_cursor(acme: Acme) -> None:
    with scope(acme.tenant_id):
        folder = create_folder(acme.alice, acme.root.pk, name=DisplayName("Crowd"))
        names = crowd_of(folder, folders=3, documents=2 * PAGE)
    rows = read_all(acme, folder.pk)
    assert [row["name"] for row in rows] == [name.rstrip("/") for name in names]
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_cursor_may_be_as_long_as_the_longest_name(acme: Acme) -> None:
    with scope(acme.tenant_id):
        folder = create_folder(acme.alice, acme.root.pk, name=DisplayName("Crowd"))
        names = [f"{n:03}" + "\U0001f469" * 197 for n in range(PAGE + 1)]
        crowd_of(folder, names=names)
    assert [row["name"] for row in read_all(acme, folder.pk)] == names


def test_usage_is_told_in_parts_that_sum(acme: Acme) -> None:
    answer = api_of(acme.alice, acme.slug).get("/usage").json()
    size = len(CONTRACT)
    room = {
        "limit": None,
        "available": None,
        "total": size,
        "stored": size,
        "in_flight": 0,
        "trash": 0,
        "live": size,
        "versions": 0,
    }
    assert answer == {"organisation": room, "me": room}


def test_a_guest_is_told_their_own_usage_alone(acme: Acme) -> None:
    answer = api_of(acme.dan, acme.slug).get("/usage").json()
    assert answer["organisation"] is None
    assert answer["me"]["total"] == 0


def test_members_and_teams_are_listed(acme: Acme) -> None:
    with scope(acme.tenant_id):
        team = create_team(acme.alice, name="Accounting")
    api = api_of(acme.carol, acme.slug)
    people = api.get("/members").json()
    assert people["next"] is None
    assert {(row["name"], row["role"]) for row in people["items"]} == {
        ("Alice", "owner"),
        ("Bob", "member"),
        ("Carol", "member"),
        ("Dan", "guest"),
    }
    assert set(people["items"][0]) == {"id", "user", "email", "name", "role"}
    teams = api.get("/teams").json()["items"]
    assert [row["name"] for row in teams] == ["Everyone", "Accounting"]
    assert teams[1]["id"] == str(team.pk)


def test_the_policy_in_force_is_the_one_that_is_told(acme: Acme) -> None:
    with scope(acme.tenant_id):
        Policy.objects.update(file_types=["pdf"], max_file_size=5)
    policy = api_of(acme.carol, acme.slug).get().json()["policy"]
    assert (policy["file_types"], policy["max_file_size"]) == (["pdf"], 5)


def test_documents_are_narrowed_to_who_filed_them_and_since_when(acme: Acme) -> None:
    api = api_of(acme.carol, acme.slug)
    put(acme.bob, acme.folder.pk, "of bob.pdf")

    def names(query: str) -> list[str]:
        answer = api.client.get(f"{api.base}/documents?{query}")
        assert answer.status_code == 200
        return [item["name"] for item in answer.json()["items"]]

    assert names(f"owner={acme.bob.user_id}") == ["of bob.pdf"]
    assert names("since=2999-01-01T00:00:00Z") == []
    assert names(f"owner={acme.alice.user_id}&since=2020-01-01T00:00:00Z") == ["contract.pdf"]
    assert api.client.get(f"{api.base}/documents?since=2020-01-01").status_code == 422
