"""Teams as admins see and change them: shown first, done by a second step."""

from typing import Any

import pytest

from tenants.flows.teams import add_to_team, create_team
from tenants.models import Team, TeamMember
from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from tests.tenants.scene import settle_the_trail
from tests.vault.scene import trail
from vault.access import Role
from vault.flows.grant import Principal, grant_on_folder


@pytest.fixture
def buyers(acme: Acme) -> Team:
    """Dan is in it; it reads Invoices."""
    with scope(acme.tenant_id):
        team = create_team(acme.alice, name="Buyers")
        add_to_team(acme.alice, team.pk, acme.dan.membership_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=Principal("team", team.pk), role=Role.READ)
    return team


def address(acme: Acme, team: Team, part: str = "") -> str:
    return f"/o/{acme.slug}/teams/{team.pk}/{part}"


def inside(acme: Acme, team: Team) -> set[object]:
    with scope(acme.tenant_id):
        return set(TeamMember.objects.filter(team=team).values_list("membership_id", flat=True))


def names(answer: Any) -> list[str]:
    return [person["name"] for person in answer.context["people"]]


def test_the_list_counts_people_and_keys(acme: Acme, buyers: Team) -> None:
    shown = signed_in(acme.alice).get(f"/o/{acme.slug}/teams/")
    rows = [(t["name"], t["people"], t["keys"], t["is_everyone"]) for t in shown.context["teams"]]
    assert rows == [("Everyone", 3, 1, True), ("Buyers", 1, 1, False)]


def test_a_team_is_made_by_form(acme: Acme) -> None:
    client, path = signed_in(acme.alice), f"/o/{acme.slug}/teams/new/"
    made = client.post(path, {"name": " Sellers "})
    with scope(acme.tenant_id):
        team = Team.objects.get(name="Sellers")
    assert made["Location"] == address(acme, team)
    for name, words in (
        ("everyone", "team of this name"),
        ("", "required"),
        ("x" * 81, "at most"),
    ):
        refused = client.post(path, {"name": name})
        assert refused.status_code == 422
        assert words in refused.content.decode()


def test_its_page_names_its_people_and_what_it_reaches(acme: Acme, buyers: Team) -> None:
    shown = signed_in(acme.alice).get(address(acme, buyers))
    assert names(shown) == ["Dan"]
    (key,) = shown.context["keys"]
    assert (key["node"]["name"], key["documents"], key["may_change"]) == ("Invoices", 1, True)
    assert "opens 1 document" in shown.content.decode()


def test_everyone_has_a_page_and_nothing_to_change(acme: Acme) -> None:
    with scope(acme.tenant_id):
        everyone = Team.objects.get(is_everyone=True)
    client = signed_in(acme.alice)
    page = client.get(address(acme, everyone))
    assert names(page) == ["Alice", "Bob", "Carol"]
    assert "Add people" not in page.content.decode()
    for part in ("rename/", "delete/", "add/", f"people/{acme.bob.membership_id}/remove/"):
        assert client.get(address(acme, everyone, part)).status_code == 404
        assert client.post(address(acme, everyone, part)).status_code == 404


def test_a_team_is_renamed(acme: Acme, buyers: Team) -> None:
    client, path = signed_in(acme.alice), address(acme, buyers, "rename/")
    assert client.get(path).context["form"].initial == {"name": "Buyers"}
    assert client.post(path, {"name": "everyone"}).status_code == 422
    assert client.post(path, {"name": "Purchasing"})["Location"] == address(acme, buyers)
    assert "Purchasing" in client.get(address(acme, buyers)).content.decode()


def test_people_are_chosen_then_shown_then_added(acme: Acme, buyers: Team) -> None:
    client, path = signed_in(acme.alice), address(acme, buyers, "add/")
    seats = [acme.bob.membership_id, acme.carol.membership_id]
    assert names(client.get(path)) == ["Alice", "Bob", "Carol"]
    assert names(client.get(path, {"q": "car"})) == ["Carol"]
    shown = client.get(path, {"member": [str(seat) for seat in seats]})
    assert names(shown) == ["Bob", "Carol"]
    assert [key["node"]["name"] for key in shown.context["keys"]] == ["Invoices"]
    assert inside(acme, buyers) == {acme.dan.membership_id}
    assert client.post(path, {"member": seats})["Location"] == address(acme, buyers)
    assert inside(acme, buyers) == {acme.dan.membership_id, *seats}
    assert "2 people added." in client.get(address(acme, buyers)).content.decode()


def test_nobody_chosen_is_said(acme: Acme, buyers: Team) -> None:
    client, path = signed_in(acme.alice), address(acme, buyers, "add/")
    assert "Choose somebody first." in client.get(path, {"chosen": "yes"}).content.decode()
    assert client.post(path).status_code == 422


@pytest.mark.parametrize("who", ["nobody", "mallory"])
def test_who_is_not_there_is_not_added(acme: Acme, rival: Rival, buyers: Team, who: str) -> None:
    client, path = signed_in(acme.alice), address(acme, buyers, "add/")
    chosen = {"member": who if who == "nobody" else str(rival.mallory.membership_id)}
    expected = 422 if who == "nobody" else 404
    assert client.get(path, chosen).status_code == expected
    assert client.post(path, chosen).status_code == expected
    assert inside(acme, buyers) == {acme.dan.membership_id}


def test_somebody_is_shown_then_taken_out(acme: Acme, buyers: Team) -> None:
    client = signed_in(acme.alice)
    path = address(acme, buyers, f"people/{acme.dan.membership_id}/remove/")
    assert names(client.get(path)) == ["Dan"]
    assert inside(acme, buyers) == {acme.dan.membership_id}
    document = f"/o/{acme.slug}/d/{acme.contract.pk}/"
    dan = signed_in(acme.dan)
    assert dan.get(document).status_code == 200
    assert client.post(path)["Location"] == address(acme, buyers)
    assert dan.get(document).status_code == 404
    assert client.post(path).status_code == 404


def test_a_team_is_shown_then_deleted_and_its_keys_with_it(acme: Acme, buyers: Team) -> None:
    client, path = signed_in(acme.alice), address(acme, buyers, "delete/")
    assert "The team and its keys end at once" in client.get(path).content.decode()
    dan, document = signed_in(acme.dan), f"/o/{acme.slug}/d/{acme.contract.pk}/"
    assert dan.get(document).status_code == 200
    assert client.post(path)["Location"] == f"/o/{acme.slug}/teams/"
    assert dan.get(document).status_code == 404
    assert client.get(address(acme, buyers)).status_code == 404
    (event,) = trail(acme.tenant_id, "tenants:team:deleted")
    assert event["facts"] == {"name": "Buyers", "people": 1}
    with scope(acme.tenant_id):
        settle_the_trail()
    told = client.get(f"/o/{acme.slug}/admin/audit/").content.decode()
    assert "Alice deleted the team “Buyers”, and with it its keys" in told
    assert "Alice created the team Buyers" in told


def test_the_menu_leads_admins_alone_there(acme: Acme) -> None:
    for who, leads in (("alice", True), ("bob", False), ("dan", False)):
        page = signed_in(getattr(acme, who)).get(f"/o/{acme.slug}/shared/").content.decode()
        assert (f'href="/o/{acme.slug}/teams/"' in page) is leads
        assert (f'href="/o/{acme.slug}/members/"' in page) is leads
