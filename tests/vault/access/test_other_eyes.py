"""Who views as another sees what the other sees: on every node, and in every list."""

import re
from collections.abc import Iterator
from itertools import chain

import pytest
from django.test import Client
from django.urls import reverse

from tenants.actor import Member
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Team
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, put
from tests.vault.viewing import joins, viewing_as
from vault.access import Role
from vault.flows.folders import create_folder
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.trash import trash_document
from vault.models import Document, Folder
from vault.names import DisplayName

ROW = re.compile(r'<tr data-kind="(\w+)" data-name="([^"]*)" data-has=')
LISTS = ("search/", "search/?q=a&sort=name", "search/?type=pdf", "shared/", "files/")


@pytest.fixture
def team(acme: Acme) -> Team:
    """Folders within folders, walls, papers with keys of their own: something for each of them."""
    alice, made = acme.alice, []
    with scope(acme.tenant_id):
        team = create_team(alice, name="Auditors")
        add_to_team(alice, team.pk, acme.dan.membership_id)
        for name in ("Open", "Walled", "Given"):
            outer = create_folder(alice, acme.root.pk, name=DisplayName(name))
            made += [outer, create_folder(alice, outer.pk, name=DisplayName(f"In {name}"))]
        restrict_folder(alice, made[2].pk)
        grant_on_folder(alice, made[4].pk, to=Principal("team", team.pk), role=Role.EDIT)
        carol = Principal("user", acme.carol.user_id)
        grant_on_folder(alice, made[3].pk, to=carol, role=Role.PREVIEW)
    papers = [put(alice, folder.pk, f"{folder.name} {n}.pdf") for folder in made for n in (1, 2)]
    with scope(acme.tenant_id):
        for paper in papers[::4]:
            restrict_document(alice, paper.pk)
        dan = Principal("user", acme.dan.user_id)
        grant_on_document(alice, papers[0].pk, to=dan, role=Role.READ)
        grant_on_document(alice, papers[5].pk, to=carol, role=Role.MANAGE)
        trash_document(alice, papers[3].pk)
    return team


def everything(acme: Acme) -> Iterator[str]:
    """The address of every page that a node has here, and of every list."""
    with scope(acme.tenant_id):
        folders = list(Folder.with_trash.values_list("pk", flat=True))
        documents = list(Document.with_trash.values_list("pk", flat=True))
    for folder in folders:
        yield reverse("vault:folder", args=[acme.slug, folder])
    for document in documents:
        yield reverse("vault:document", args=[acme.slug, document])
        yield reverse("vault:versions", args=[acme.slug, document])
    yield from (f"/o/{acme.slug}/{path}" for path in LISTS)


def seen(client: Client, addresses: list[str]) -> dict[str, tuple[int, list[tuple[str, ...]]]]:
    answers = {address: client.get(address) for address in addresses}
    return {
        address: (answer.status_code, ROW.findall(body(answer).decode()))
        for address, answer in answers.items()
    }


@pytest.mark.parametrize("name", ["bob", "carol", "dan", "alex"])
def test_a_member_is_seen_as_they_see(acme: Acme, team: Team, name: str) -> None:
    them: Member = (
        joins(acme, "alex", MembershipRole.ADMIN) if name == "alex" else getattr(acme, name)
    )
    addresses = list(everything(acme))
    theirs = seen(signed_in(them), addresses)
    assert seen(viewing_as(acme, them), addresses) == theirs
    assert list(chain.from_iterable(rows for _status, rows in theirs.values()))


def test_a_team_is_seen_as_a_guest_who_is_in_it_alone_sees(acme: Acme, team: Team) -> None:
    gina = joins(acme, "gina", MembershipRole.GUEST)
    with scope(acme.tenant_id):
        add_to_team(acme.alice, team.pk, gina.membership_id)
    addresses = list(everything(acme))
    theirs = seen(signed_in(gina), addresses)
    assert seen(viewing_as(acme, team), addresses) == theirs
    assert {status for status, _rows in theirs.values()} == {200, 404}


def test_everyone_is_seen_as_a_member_sees_who_was_given_nothing(acme: Acme, team: Team) -> None:
    """But for a home of one's own."""
    frank = joins(acme, "frank")
    with scope(acme.tenant_id):
        everyone = Team.objects.get(is_everyone=True)
        home = Folder.objects.get(home_of=frank.user_id).pk
    addresses = [address for address in everything(acme) if str(home) not in address]
    theirs = {
        address: (status, [row for row in rows if row != ("folder", "Frank")])
        for address, (status, rows) in seen(signed_in(frank), addresses).items()
    }
    assert seen(viewing_as(acme, everyone), addresses) == theirs
