"""All that a person can reach, in names: what is told, to whom, and what is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.errors import Invalid, NotFound, TooWeak
from tenants.flows.leave import end_membership
from tenants.flows.teams import add_to_team, create_team, delete_team, remove_from_team
from tenants.models import ApiToken, Team
from tests.cast import Acme, Rival
from tests.factories import put
from tests.tenants.scene import weaker
from tests.vault.scene import trail
from vault.access import Role
from vault.events import Event
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.holdings import Holding
from vault.flows.reach import documents_reached, reach_of, reach_of_team
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.trash import trash_folder
from vault.models import FolderTeamGrant, GrantPeriod
from vault.names import DisplayName
from vault.rights.fetching import fetch_document


def keys(acme: Acme, who: str, *, asked_by: str = "alice") -> dict[str, Holding]:
    about = getattr(acme, who).membership_id
    found = reach_of(getattr(acme, asked_by), about)
    return {holding.node.name: holding for holding in found.keys.items}


def documents(acme: Acme, who: str) -> dict[str, str]:
    page = documents_reached(acme.alice, getattr(acme, who).membership_id)
    return {one.document.name: one.role.word for one in page.items}


@pytest.fixture
def buyers(in_acme: Acme) -> Team:
    """Dan is in it; it reads Invoices for a week."""
    team = create_team(in_acme.alice, name="Buyers")
    add_to_team(in_acme.alice, team.pk, in_acme.dan.membership_id)
    week = timezone.now() + timedelta(days=7)
    to = Principal("team", team.pk)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.READ, until=week)
    return team


def test_a_key_says_where_how_who_and_until_when(in_acme: Acme, buyers: Team) -> None:
    key = keys(in_acme, "dan")["Invoices"]
    assert [step.name for step in key.way] == ["Acme Ltd"]
    assert (key.grant.role, key.team, key.by, key.documents) == (Role.READ, "Buyers", "Alice", 1)
    assert key.grant.expires_at
    assert key.grant.granted_at


def test_weaker_keys_and_those_that_open_nothing_are_listed(in_acme: Acme) -> None:
    """Carol reads by Everyone; a preview key adds nothing, and one to an empty folder neither."""
    alice, carol = in_acme.alice, Principal("user", in_acme.carol.user_id)
    empty = create_folder(alice, in_acme.root.pk, name=DisplayName("Empty"))
    grant_on_folder(alice, in_acme.folder.pk, to=carol, role=Role.PREVIEW)
    grant_on_folder(alice, empty.pk, to=carol, role=Role.READ)
    found = keys(in_acme, "carol")
    assert {name: key.documents for name, key in found.items()} == {
        "Carol": 0,
        "Acme Ltd": 1,
        "Invoices": 1,
        "Empty": 0,
    }
    assert documents(in_acme, "carol") == {"contract.pdf": "read"}


def test_a_wall_makes_a_key_open_less(in_acme: Acme) -> None:
    assert keys(in_acme, "carol")["Acme Ltd"].documents == 1
    restrict_document(in_acme.alice, in_acme.contract.pk)
    assert keys(in_acme, "carol")["Acme Ltd"].documents == 0
    assert documents(in_acme, "carol") == {}
    assert keys(in_acme, "bob")["Invoices"].documents == 0
    assert keys(in_acme, "alice")["contract.pdf"].documents == 1


def test_what_is_over_and_what_lies_in_the_trash_is_left_out(in_acme: Acme, buyers: Team) -> None:
    FolderTeamGrant.objects.filter(group=buyers.group_id).update(expires_at=timezone.now())
    assert keys(in_acme, "dan") == {}
    assert "Invoices" in keys(in_acme, "bob")
    trash_folder(in_acme.alice, in_acme.folder.pk)
    assert set(keys(in_acme, "bob")) == {"Bob", "Acme Ltd"}
    found = reach_of(in_acme.alice, in_acme.bob.membership_id)
    assert (found.total, documents(in_acme, "bob")) == (0, {})


def test_owners_hold_everything_and_keys_beside_it(in_acme: Acme) -> None:
    found = reach_of(in_acme.alice)
    assert (found.to_everything, found.documents[Role.MANAGE], found.total) == (True, 1, 1)
    assert {holding.node.name for holding in found.keys.items} == {"Alice", "Acme Ltd"}
    (one,) = documents_reached(in_acme.alice).items
    assert (one.role, one.may) == (Role.MANAGE, Role.MANAGE)


def test_a_giver_who_has_left_is_not_named(in_acme: Acme) -> None:
    boss = Principal("user", in_acme.bob.user_id)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=boss, role=Role.MANAGE)
    dan = Principal("user", in_acme.dan.user_id)
    grant_on_document(in_acme.bob, in_acme.contract.pk, to=dan, role=Role.READ)
    end_membership(in_acme.alice, in_acme.bob.membership_id)
    assert keys(in_acme, "dan")["contract.pdf"].by == ""


def test_a_way_begins_where_the_readers_rights_begin(in_acme: Acme) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    inner = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Inner"))
    grant_on_folder(in_acme.alice, inner.pk, to=dan, role=Role.READ)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=dan, role=Role.READ)
    own = keys(in_acme, "dan", asked_by="dan")
    assert {name: [f.name for f in key.way] for name, key in own.items()} == {
        "Inner": [],
        "contract.pdf": [],
    }
    told = keys(in_acme, "dan")
    assert [f.name for f in told["Inner"].way] == ["Acme Ltd", "Invoices"]
    (one,) = documents_reached(in_acme.dan).items
    assert (one.way, one.may) == ([], Role.READ)


def test_the_strongest_key_says_where_it_was_given(in_acme: Acme, buyers: Team) -> None:
    add_to_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    (one,) = documents_reached(in_acme.alice, in_acme.bob.membership_id).items
    assert one.given_on == in_acme.folder
    assert [key.role for key in one.keys] == [Role.EDIT, Role.READ, Role.READ]
    assert sorted(one.teams) == ["", "Buyers", "Everyone"]


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_people_ask_about_themselves_alone(in_acme: Acme, who: str) -> None:
    actor = getattr(in_acme, who)
    for own in (None, actor.membership_id, actor.user_id):
        assert reach_of(actor, own).seat.pk == actor.membership_id
        documents_reached(actor, own)
    for act in (reach_of, documents_reached):
        with pytest.raises(TooWeak):
            act(actor, in_acme.alice.membership_id)


def test_a_weaker_token_asks_about_oneself_alone(in_acme: Acme) -> None:
    actor = weaker(in_acme.alice, ApiToken.Scope.READ)
    assert reach_of(actor).total == 1
    with pytest.raises(TooWeak):
        reach_of(actor, in_acme.bob.membership_id)
    with pytest.raises(TooWeak):
        reach_of_team(actor, Team.objects.get(is_everyone=True).pk)


def test_nobody_of_another_organisation_is_there(rival: Rival, in_acme: Acme) -> None:
    for act in (reach_of, documents_reached):
        with pytest.raises(NotFound):
            act(in_acme.alice, rival.mallory.membership_id)


def test_who_sees_what_lies_in_anothers_own_folder_is_recorded(in_acme: Acme) -> None:
    def opened() -> int:
        return len(trail(in_acme.tenant_id, Event.HOME_OPENED))

    home = home_of(in_acme.bob)
    assert home
    documents_reached(in_acme.alice, in_acme.bob.membership_id)
    assert opened() == 0  # nothing lay in it
    inner = create_folder(in_acme.bob, home.pk, name=DisplayName("Diary"))
    put(in_acme.bob, inner.pk, "monday.pdf")
    documents_reached(in_acme.bob)
    documents_reached(in_acme.alice)
    assert opened() == 0
    page = documents_reached(in_acme.alice, in_acme.bob.membership_id)
    assert "monday.pdf" in {one.document.name for one in page.items}
    assert opened() == 1


def test_a_teams_end_ends_its_keys_at_once(in_acme: Acme, buyers: Team) -> None:
    assert fetch_document(in_acme.dan, in_acme.contract.pk).role == Role.READ
    delete_team(in_acme.alice, buyers.pk)
    with pytest.raises(NotFound):
        fetch_document(in_acme.dan, in_acme.contract.pk)
    assert keys(in_acme, "dan") == {}
    assert not FolderTeamGrant.objects.filter(group_id=buyers.group_id).exists()
    (period,) = GrantPeriod.objects.filter(group_id=buyers.group_id)
    assert period.valid_to is not None


def test_who_is_taken_out_of_a_team_loses_its_keys_at_once(in_acme: Acme, buyers: Team) -> None:
    remove_from_team(in_acme.alice, buyers.pk, in_acme.dan.membership_id)
    assert keys(in_acme, "dan") == {}
    _team, found = reach_of_team(in_acme.alice, buyers.pk)
    assert [holding.node.name for holding in found.items] == ["Invoices"]


def test_a_restricted_folder_says_so(in_acme: Acme, buyers: Team) -> None:
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    assert keys(in_acme, "dan")["Invoices"].node.restricted
    assert keys(in_acme, "carol")["Acme Ltd"].documents == 0


@pytest.mark.parametrize("cursor", ["nonsense", "WyJuYW1lIl0="])
def test_a_cursor_that_is_not_ours_is_refused(in_acme: Acme, cursor: str) -> None:
    for act in (reach_of, documents_reached):
        with pytest.raises(Invalid):
            act(in_acme.alice, cursor=cursor)
