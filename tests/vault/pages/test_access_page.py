"""Who can see it, and why; giving and taking, as people do it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from sharing.flows.create import Terms, create_link
from tenants.models import Notification
from tenants.scoping import scope
from tests.cast import Acme, Rival, member, signed_in
from tests.vault.scene import trail
from vault.access import Role
from vault.events import Event
from vault.flows.grant import Principal, grant_on_folder, revoke_grant
from vault.models import (
    Document,
    DocumentUserGrant,
    Folder,
    FolderTeamGrant,
    FolderUserGrant,
)
from vault.models.usage import Usage

NODES = ["folder", "document"]


def address(acme: Acme, node: str, part: str = "access") -> str:
    path = f"files/{acme.folder.pk}" if node == "folder" else f"d/{acme.contract.pk}"
    return f"/o/{acme.slug}/{path}/{part}/"


def give(acme: Acme, client: Client, node: str, **fields: object) -> Any:
    sent = {"principal": f"user:{acme.dan.user_id}", "role": "read", **fields}
    return client.post(address(acme, node, "access/change"), sent)


def keys_of_dan(acme: Acme) -> list[tuple[Role, object]]:
    with scope(acme.tenant_id):
        rows = [
            *FolderUserGrant.objects.filter(user_id=acme.dan.user_id),
            *DocumentUserGrant.objects.filter(user_id=acme.dan.user_id),
        ]
        return [(row.role, row.expires_at) for row in rows]


@pytest.mark.parametrize("node", NODES)
def test_the_page_names_each_person_with_the_reason_and_the_rule(acme: Acme, node: str) -> None:
    shown = signed_in(acme.bob).get(address(acme, node))
    page = shown.content.decode()
    roles = {e["person"]["name"]: str(e["role_words"]) for e in shown.context["entries"]}
    assert roles == {"Alice": "Can manage access", "Bob": "Can edit", "Carol": "Can download"}
    assert "Owner of the organisation" in page
    assert "Can download as part of Everyone: given on the folder “Acme Ltd” by Alice" in page
    assert "The strongest key wins." in page
    assert "Dan" not in page  # a guest without a key


@pytest.mark.parametrize("node", NODES)
def test_a_key_is_given_by_form_and_shown(acme: Acme, node: str) -> None:
    client = signed_in(acme.alice)
    response = give(acme, client, node)
    assert (response.status_code, response["Location"]) == (302, address(acme, node))
    assert keys_of_dan(acme) == [(Role.READ, None)]
    shown = client.get(address(acme, node))
    assert "Access changed." in shown.content.decode()
    assert "Dan" in [grant["principal_name"] for grant in shown.context["grants"]]


def test_a_key_lasts_until_the_end_of_the_day_that_was_chosen(acme: Acme) -> None:
    day = timezone.localdate() + timedelta(days=3)
    give(acme, signed_in(acme.alice), "document", until=day.isoformat())
    ((_role, until),) = keys_of_dan(acme)
    assert until.date() == day + timedelta(days=1)  # type: ignore[attr-defined]
    assert until.timetz().isoformat() == "00:00:00+00:00"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": date(2020, 1, 1).isoformat()}, "This day is over."),
        ({"until": "someday"}, "Enter a valid date."),
        ({"role": "owner"}, "Select a valid choice."),
        ({"role": ""}, "This field is required."),
        ({"principal": "user:nobody"}, "Select a valid choice."),
        ({"principal": "somebody"}, "Select a valid choice."),
        ({"principal": []}, "This field is required."),
    ],
)
def test_a_form_that_cannot_be_taken_says_why(
    acme: Acme, fields: dict[str, object], words: str
) -> None:
    response = give(acme, signed_in(acme.alice), "folder", **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert keys_of_dan(acme) == []


def test_people_and_teams_of_others_are_no_choice(acme: Acme, rival: Rival) -> None:
    stranger = f"user:{rival.mallory.user_id}"
    response = give(acme, signed_in(acme.alice), "folder", principal=stranger)
    assert response.status_code == 422
    assert "isn&#x27;t a member" in response.content.decode()
    page = signed_in(acme.alice).get(address(acme, "folder")).content.decode()
    assert str(rival.mallory.user_id) not in page
    assert "Rival" not in page


@pytest.mark.parametrize("node", NODES)
def test_who_may_only_edit_sees_no_form_and_gives_nothing(acme: Acme, node: str) -> None:
    shown = signed_in(acme.bob).get(address(acme, node))
    assert shown.context["form"] is None
    assert give(acme, signed_in(acme.bob), node).status_code == 403
    assert keys_of_dan(acme) == []


def test_a_guest_who_may_edit_sees_no_directory(acme: Acme) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.MANAGE)
    for node in NODES:
        shown = signed_in(acme.dan).get(address(acme, node))
        assert shown.status_code == 403
        assert "carol" not in shown.content.decode().lower()


@pytest.mark.parametrize("node", NODES)
def test_a_key_is_taken_back(acme: Acme, node: str) -> None:
    give(acme, signed_in(acme.alice), node)
    model = FolderUserGrant if node == "folder" else DocumentUserGrant
    with scope(acme.tenant_id):
        grant: UUID = model.objects.get(user_id=acme.dan.user_id).pk
    path, sent = address(acme, node, "access/change"), {"grant": str(grant)}
    assert signed_in(acme.bob).post(path, sent).status_code == 403
    ahead = signed_in(acme.alice).get(path, sent).content.decode()
    assert "1 person loses" in ahead
    assert keys_of_dan(acme)
    response = signed_in(acme.alice).post(path, sent)
    assert (response.status_code, response["Location"]) == (302, address(acme, node))
    assert keys_of_dan(acme) == []
    assert signed_in(acme.alice).post(path, sent).status_code == 404
    assert signed_in(acme.alice).post(path, {"grant": "no id"}).status_code == 404


def test_several_are_given_and_taken_at_once(acme: Acme) -> None:
    client, path = signed_in(acme.alice), address(acme, "folder", "access/change")
    people = [f"user:{acme.dan.user_id}", f"user:{acme.carol.user_id}"]
    client.post(path, {"principal": people, "role": "edit"})
    with scope(acme.tenant_id):
        held = FolderUserGrant.objects.filter(content_object=acme.folder)
        keys = {grant.user_id: str(grant.pk) for grant in held}
    assert keys.keys() == {acme.bob.user_id, acme.carol.user_id, acme.dan.user_id}
    client.post(path, {"grant": list(keys.values())})
    assert client.get(address(acme, "folder")).context["grants"] == []


def test_what_giving_would_do_is_shown_and_not_done(acme: Acme) -> None:
    """A GET changes nothing; what it foresees is what the POST then does."""
    fields = {"principal": f"user:{acme.dan.user_id}", "role": "read"}
    shown = signed_in(acme.alice).get(address(acme, "folder", "access/change"), fields)
    page = shown.content.decode()
    assert "1 person gains" in page
    assert "More with 1 document" in page
    assert "No access" in page
    assert keys_of_dan(acme) == []
    with scope(acme.tenant_id):
        assert Notification.objects.filter(user_id=acme.dan.user_id).count() == 0
    assert trail(acme.tenant_id, Event.ACCESS_GRANTED)[-1]["facts"]["user"] != str(
        acme.dan.user_id
    )


@pytest.mark.parametrize(("word", "sentence"), [("on", "1 person loses"), ("off", "Nobody")])
def test_what_a_wall_would_do_is_shown(acme: Acme, word: str, sentence: str) -> None:
    """Carol reads through Everyone, from above; Bob's key is to the folder itself."""
    client, path = signed_in(acme.alice), address(acme, "folder", "wall")
    assert sentence in client.get(path, {"restricted": word}).content.decode()
    with scope(acme.tenant_id):
        assert not Folder.objects.get(pk=acme.folder.pk).restricted


def test_a_link_whose_maker_loses_the_right_is_named_before(acme: Acme) -> None:
    with scope(acme.tenant_id):
        create_link(acme.bob, acme.contract.pk, terms=Terms(label="For the auditor"))
        create_link(acme.alice, acme.contract.pk, terms=Terms())
        grant = FolderUserGrant.objects.get(user_id=acme.bob.user_id, content_object=acme.folder)
    path = address(acme, "folder", "access/change")
    page = signed_in(acme.alice).get(path, {"grant": str(grant.pk)}).content.decode()
    assert "1 link ends" in page
    assert "For the auditor" in page
    assert "1 open link goes on working." in page


def test_a_key_keeps_its_day_when_it_is_changed(acme: Acme) -> None:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    client = signed_in(acme.alice)
    give(acme, client, "folder", until=day)
    page = client.get(address(acme, "folder"))
    grant = next(g for g in page.context["grants"] if g["principal_name"] == "Dan")
    assert grant["last_day"] == day
    assert f"until={day}" in page.content.decode()


def test_a_key_is_changed_in_the_form_that_has_it(acme: Acme) -> None:
    fields = {"principal": f"user:{acme.bob.user_id}", "role": "edit", "edit": "1"}
    shown = signed_in(acme.alice).get(address(acme, "folder", "access/change"), fields)
    form = shown.context["form"]
    assert form["principal"].value() == [fields["principal"]]
    assert form["role"].value() == "edit"


def test_the_last_manager_stays_and_the_page_says_what_to_do(acme: Acme) -> None:
    client = signed_in(acme.alice)
    client.post(address(acme, "folder", "wall"), {"restricted": "on"})
    with scope(acme.tenant_id):
        key = FolderUserGrant.objects.get(user_id=acme.alice.user_id, content_object=acme.folder)
    for ask in (client.get, client.post):
        answer = ask(address(acme, "folder", "access/change"), {"grant": str(key.pk)})
        assert answer.status_code == 409
        assert "Give someone else “Can manage access” first" in answer.content.decode()


def test_a_past_day_is_shown_as_it_was(acme: Acme) -> None:
    give(acme, signed_in(acme.alice), "folder")
    yesterday = timezone.localdate() - timedelta(days=1)
    shown = signed_in(acme.alice).get(address(acme, "folder"), {"on": yesterday.isoformat()})
    assert shown.context["state"] == "absent"
    assert "It wasn" in shown.content.decode()
    assert shown.context["form"] is None
    names = {change["name"] for change in shown.context["since"]}
    assert names == {"Alice", "Bob", "Carol", "Dan"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    ahead = signed_in(acme.alice).get(address(acme, "folder"), {"on": tomorrow.isoformat()})
    assert ahead.status_code == 422


def test_people_are_found_by_name_and_paged(acme: Acme) -> None:
    with scope(acme.tenant_id):
        for number in range(52):
            member(acme.alice, f"person{number}")
    client, path = signed_in(acme.alice), address(acme, "folder")
    first = client.get(path)
    assert len(first.context["entries"]) == 50
    assert first.context["total"] == 55
    second = client.get(path, {"after": first.context["next_cursor"]})
    seen = [e["person"]["id"] for page in (first, second) for e in page.context["entries"]]
    assert len(seen) == len(set(seen)) == 55
    found = client.get(path, {"q": "bob"})
    assert [e["person"]["name"] for e in found.context["entries"]] == ["Bob"]
    assert client.get(path, {"after": "nonsense"}).status_code == 422


def test_each_reason_says_where_it_can_be_changed_or_by_whom(acme: Acme) -> None:
    page = signed_in(acme.alice).get(address(acme, "document"))
    reasons = {e["person"]["name"]: e["reasons"] for e in page.context["entries"]}
    assert reasons["Bob"][0]["folder"].pk == acme.folder.pk
    with scope(acme.tenant_id):
        to = Principal("user", acme.carol.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.MANAGE)
    seen_by_bob = signed_in(acme.bob).get(address(acme, "document"))
    reasons = {e["person"]["name"]: e["reasons"] for e in seen_by_bob.context["entries"]}
    assert reasons["Bob"][0]["ask"] == "Carol"
    everyone = next(r for r in reasons["Carol"] if "Everyone" in r["words"])
    assert everyone["asks_admins"]


def test_a_folder_that_the_reader_may_not_see_is_not_named(acme: Acme) -> None:
    """Bob edits a folder whose parents are not his to see."""
    with scope(acme.tenant_id):
        grant = FolderTeamGrant.objects.get(content_object=acme.root)
        revoke_grant(acme.alice, grant.pk)
        to = Principal("user", acme.carol.user_id)
        grant_on_folder(acme.alice, acme.root.pk, to=to, role=Role.READ)
    page = signed_in(acme.bob).get(address(acme, "folder")).content.decode()
    assert "given on a folder further up by Alice" in page


@pytest.mark.parametrize("node", NODES)
def test_a_wall_goes_up_and_down(acme: Acme, node: str) -> None:
    client, path = signed_in(acme.alice), address(acme, node, "wall")
    row: Any = Folder if node == "folder" else Document
    pk = acme.folder.pk if node == "folder" else acme.contract.pk
    for word, restricted in (("on", True), ("on", True), ("off", False), ("", False)):
        response = client.post(path, {"restricted": word})
        assert (response.status_code, response["Location"]) == (302, address(acme, node))
        with scope(acme.tenant_id):
            assert row.objects.get(pk=pk).restricted is restricted


def test_the_home_of_another_cannot_be_opened(acme: Acme) -> None:
    with scope(acme.tenant_id):
        home = Folder.objects.get(home_of=acme.bob.user_id)
        assert Usage.objects.exists()
    path = f"/o/{acme.slug}/files/{home.pk}/wall/"
    assert signed_in(acme.alice).post(path, {"restricted": "off"}).status_code == 422
