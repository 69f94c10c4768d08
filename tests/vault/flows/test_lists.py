"""Stars, what was opened, and what others gave: one person's lists, within what they may see."""

import pytest

from tenants.errors import NotFound
from tenants.flows.teams import add_to_team, create_team
from tests.cast import Acme
from tests.factories import put
from vault.access import Role
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.restrict import restrict_folder
from vault.flows.search import Query, search
from vault.flows.shared import PAGE, shared_with
from vault.flows.star import star_document, star_folder, starred_folders, unstar_document
from vault.flows.trash import trash_document
from vault.flows.visit import look_at
from vault.models import Star, Visit
from vault.names import DisplayName
from vault.rights.fetching import HeldDocument
from vault.rights.keyrings import keyring_of

STARRED, OPENED = Query(starred=True, sort="name"), Query(sort="-opened")


def names(acme: Acme, who: str, query: Query) -> list[str]:
    return [row.document.name for row in search(getattr(acme, who), query).documents]


def test_a_star_is_its_owners_alone(in_acme: Acme) -> None:
    star_document(in_acme.carol, in_acme.contract.pk)
    star_folder(in_acme.carol, in_acme.folder.pk)
    assert names(in_acme, "carol", STARRED) == ["contract.pdf"]
    assert names(in_acme, "bob", STARRED) == []
    folders = starred_folders(in_acme.carol, keyring_of(in_acme.carol))
    assert [(held.folder.name, held.role) for held in folders] == [("Invoices", Role.READ)]


def test_a_star_twice_is_one_and_off_is_off(in_acme: Acme) -> None:
    for _ in range(2):
        star_document(in_acme.carol, in_acme.contract.pk)
    assert Star.objects.count() == 1
    for _ in range(2):
        unstar_document(in_acme.carol, in_acme.contract.pk)
    assert Star.objects.count() == 0


def test_what_cannot_be_seen_cannot_be_starred(in_acme: Acme) -> None:
    for star, node in ((star_document, in_acme.contract), (star_folder, in_acme.folder)):
        with pytest.raises(NotFound):
            star(in_acme.dan, node.pk)


def test_a_star_shows_nothing_that_may_not_be_seen_any_more(in_acme: Acme) -> None:
    star_document(in_acme.carol, in_acme.contract.pk)
    look_at(in_acme.carol, in_acme.contract.pk)
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    for query in (STARRED, OPENED):
        assert names(in_acme, "carol", query) == []


def test_what_was_opened_last_comes_first(in_acme: Acme) -> None:
    papers = [put(in_acme.bob, in_acme.folder.pk, f"{n}.pdf") for n in range(3)]
    for paper in (*papers, papers[0]):
        look_at(in_acme.carol, paper.pk)
    assert names(in_acme, "carol", OPENED) == ["0.pdf", "2.pdf", "1.pdf"]
    assert names(in_acme, "bob", OPENED) == []
    assert Visit.objects.filter(user_id=in_acme.carol.user_id).count() == 3


def test_what_was_opened_is_read_page_after_page(in_acme: Acme) -> None:
    papers = [put(in_acme.bob, in_acme.folder.pk, f"{n}.pdf") for n in range(PAGE + 5)]
    for paper in papers:
        look_at(in_acme.carol, paper.pk)
    first = search(in_acme.carol, OPENED)
    second = search(in_acme.carol, OPENED, cursor=first.next or "")
    seen = [row.document.pk for page in (first, second) for row in page.documents]
    assert seen == [paper.pk for paper in papers][::-1]
    assert second.next is None


def given(acme: Acme, who: str) -> list[tuple[str, str, str]]:
    items = shared_with(getattr(acme, who)).items
    return [(item.held.node.name, item.by, item.through) for item in items]


def test_what_was_given_is_listed_with_giver_and_team(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Auditors")
    add_to_team(in_acme.alice, team.pk, in_acme.dan.membership_id)
    person, crowd = Principal("user", in_acme.dan.user_id), Principal("team", team.pk)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=person, role=Role.READ)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=crowd, role=Role.EDIT)
    assert given(in_acme, "dan") == [
        ("Invoices", "Alice", "Auditors"),
        ("contract.pdf", "Alice", ""),
    ]
    held = shared_with(in_acme.dan).items[1].held
    assert isinstance(held, HeldDocument)
    assert held.role == Role.EDIT  # the stronger key, through the folder


def test_what_came_with_the_seat_is_no_news(in_acme: Acme) -> None:
    assert given(in_acme, "carol") == []
    assert given(in_acme, "alice") == []
    assert given(in_acme, "bob") == [("Invoices", "Alice", "")]


def test_what_was_taken_back_or_thrown_away_is_not_listed(in_acme: Acme) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    grant = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=dan, role=Role.READ)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=dan, role=Role.READ)
    revoke_grant(in_acme.alice, grant.pk)
    assert [name for name, *_ in given(in_acme, "dan")] == ["contract.pdf"]
    trash_document(in_acme.alice, in_acme.contract.pk)
    assert given(in_acme, "dan") == []


def test_much_that_was_given_is_read_page_after_page(in_acme: Acme) -> None:
    home = home_of(in_acme.alice)
    assert home is not None
    dan = Principal("user", in_acme.dan.user_id)
    for number in range(PAGE + 3):
        folder = create_folder(in_acme.alice, home.pk, name=DisplayName(f"{number}"))
        grant_on_folder(in_acme.alice, folder.pk, to=dan, role=Role.READ)
    first = shared_with(in_acme.dan)
    second = shared_with(in_acme.dan, cursor=first.next or "")
    seen = [item.held.node.name for page in (first, second) for item in page.items]
    assert seen == [str(number) for number in range(PAGE + 3)][::-1]
    assert second.next is None
