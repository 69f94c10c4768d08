"""Who can see it, and why; giving and taking, as people do it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from vault.access import Role
from vault.flows.grant import Principal, grant_on_folder
from vault.models import Document, DocumentUserGrant, Folder, FolderUserGrant
from vault.models.usage import Usage

NODES = ["folder", "document"]


def address(acme: Acme, node: str, part: str = "access") -> str:
    path = f"files/{acme.folder.pk}" if node == "folder" else f"d/{acme.contract.pk}"
    return f"/o/{acme.slug}/{path}/{part}/"


def give(acme: Acme, client: Client, node: str, **fields: object) -> Any:
    sent = {"principal": f"user:{acme.dan.user_id}", "role": "read", **fields}
    return client.post(address(acme, node), sent)


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
    assert "Access given." in shown.content.decode()
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
        ({"principal": ""}, "This field is required."),
    ],
)
def test_a_form_that_cannot_be_taken_says_why(
    acme: Acme, fields: dict[str, str], words: str
) -> None:
    response = give(acme, signed_in(acme.alice), "folder", **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert keys_of_dan(acme) == []


def test_people_and_teams_of_others_are_no_choice(acme: Acme, rival: Rival) -> None:
    response = give(
        acme, signed_in(acme.alice), "folder", principal=f"user:{rival.mallory.user_id}"
    )
    assert response.status_code == 422
    choices = str(response.context["form"].fields["principal"].choices)
    assert str(rival.mallory.user_id) not in choices
    assert "Rival" not in choices


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
    path = f"/o/{acme.slug}/grants/{grant}/revoke/"
    assert signed_in(acme.bob).post(path).status_code == 403
    response = signed_in(acme.alice).post(path)
    assert (response.status_code, response["Location"]) == (302, address(acme, node))
    assert keys_of_dan(acme) == []
    assert signed_in(acme.alice).post(path).status_code == 404


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
