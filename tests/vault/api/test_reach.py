"""All that a person or a team reaches, and teams, through the API."""

from typing import Any

from tenants.models import Team
from tenants.scoping import scope
from tests.cast import Acme
from tests.vault.scene import api_of


def test_a_team_lives_through_the_api(acme: Acme) -> None:
    api, dan = api_of(acme.alice, acme.slug), api_of(acme.dan, acme.slug)
    made = api.send("POST", "/teams", {"name": "Buyers"})
    assert (made.status_code, made.json()["everyone"]) == (201, False)
    team = f"/teams/{made.json()['id']}"
    assert api.send("POST", "/teams", {"name": "buyers"}).json()["code"] == "team_taken"
    assert api.send("PATCH", team, {"name": "Purchasing"}).json()["name"] == "Purchasing"
    seat = f"{team}/members/{acme.dan.membership_id}"
    assert [api.send("PUT", seat).status_code for _ in range(2)] == [204, 204]
    members = api.get(f"{team}/members").json()
    assert ([m["name"] for m in members["items"]], members["next"]) == (["Dan"], None)
    grant = {"team": made.json()["id"], "role": "read"}
    assert api.send("POST", f"/folders/{acme.folder.pk}/grants", grant).status_code == 201
    (key,) = api.get(f"{team}/access").json()["items"]
    assert (key["name"], key["documents"], key["role"]) == ("Invoices", 1, "read")
    document = f"/documents/{acme.contract.pk}"
    assert dan.get(document).status_code == 200
    assert api.send("DELETE", team).status_code == 204
    assert dan.get(document).status_code == 404
    assert api.get(f"{team}/access").status_code == 404


def test_everyone_stays_as_it_is(acme: Acme) -> None:
    api = api_of(acme.alice, acme.slug)
    with scope(acme.tenant_id):
        team = f"/teams/{Team.objects.get(is_everyone=True).pk}"
    assert api.send("PATCH", team, {"name": "All"}).status_code == 404
    assert api.send("DELETE", team).status_code == 404
    seat = f"{team}/members/{acme.bob.membership_id}"
    assert [api.send(method, seat).status_code for method in ("PUT", "DELETE")] == [404, 404]
    assert api.get(f"{team}/members").status_code == 200


def test_all_that_a_member_reaches(acme: Acme) -> None:
    told: Any = api_of(acme.carol, acme.slug).get(f"/members/{acme.carol.user_id}/access").json()
    assert told["member"] == str(acme.carol.membership_id)
    assert told["everything"] is False
    assert told["documents"] == {"total": 1, "preview": 0, "read": 1, "edit": 0, "manage": 0}
    names = {key["name"]: (key["role"], key["documents"]) for key in told["items"]}
    assert names == {"Carol": ("manage", 0), "Acme Ltd": ("read", 1)}
    page = api_of(acme.carol, acme.slug).get(f"/members/{acme.carol.membership_id}/documents")
    (document,) = page.json()["items"]
    everyone = next(key["grant"] for key in told["items"] if key["team"])
    assert (document["name"], document["role"], document["grants"]) == (
        "contract.pdf",
        "read",
        [everyone],
    )


def test_a_weaker_token_of_an_admin_asks_about_the_admin_alone(acme: Acme) -> None:
    api = api_of(acme.alice, acme.slug, "read")
    assert api.get(f"/members/{acme.alice.membership_id}/access").status_code == 200
    assert api.get(f"/members/{acme.bob.membership_id}/access").status_code == 403
    assert api.send("POST", "/teams", {"name": "Buyers"}).status_code == 403
