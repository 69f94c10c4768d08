"""Teams: admins make them and say who is in them. *Everyone* is filled by nobody."""

import pytest
from django.contrib.auth.models import Group

from accounts.ids import uuid7
from accounts.models import User
from tenants.errors import Invalid, NotFound, TeamTaken, TooWeak
from tenants.flows.teams import (
    add_to_team,
    create_team,
    delete_team,
    remove_from_team,
    rename_team,
)
from tenants.models import Team, TeamMember, TeamMemberPeriod
from tenants.scoping import scope
from tests.cast import Acme, Rival, found_acme
from tests.tenants.scene import acts
from tests.vault.scene import all_at_once


@pytest.fixture
def buyers(in_acme: Acme) -> Team:
    return create_team(in_acme.alice, name="Buyers")


def members(team: Team) -> set[object]:
    return set(TeamMember.objects.filter(team=team).values_list("membership_id", flat=True))


def test_an_admin_puts_people_in_and_takes_them_out(in_acme: Acme, buyers: Team) -> None:
    for actor in (in_acme.bob, in_acme.dan):
        add_to_team(in_acme.alice, buyers.pk, actor.membership_id)
    assert members(buyers) == {in_acme.bob.membership_id, in_acme.dan.membership_id}
    remove_from_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    assert members(buyers) == {in_acme.dan.membership_id}


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_others_do_nothing_to_teams(in_acme: Acme, buyers: Team, who: str) -> None:
    actor = getattr(in_acme, who)
    add_to_team(in_acme.alice, buyers.pk, in_acme.carol.membership_id)
    with pytest.raises(TooWeak):
        create_team(actor, name="Sellers")
    with pytest.raises(TooWeak):
        add_to_team(actor, buyers.pk, actor.membership_id)
    with pytest.raises(TooWeak):
        remove_from_team(actor, buyers.pk, in_acme.carol.membership_id)
    with pytest.raises(TooWeak):
        rename_team(actor, buyers.pk, to="Sellers")
    with pytest.raises(TooWeak):
        delete_team(actor, buyers.pk)


def test_being_put_in_twice_is_being_in(in_acme: Acme, buyers: Team) -> None:
    for _ in range(2):
        add_to_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    actions = [event["action"] for event in acts(in_acme.alice)]
    assert members(buyers) == {in_acme.bob.membership_id}
    assert actions.count("tenants:team:joined") == 1


def test_who_is_not_in_it_cannot_be_taken_out(in_acme: Acme, buyers: Team) -> None:
    with pytest.raises(NotFound):
        remove_from_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)


def test_everyone_is_filled_and_changed_by_nobody(in_acme: Acme) -> None:
    everyone = Team.objects.get(is_everyone=True)
    with pytest.raises(NotFound):
        rename_team(in_acme.alice, everyone.pk, to="All")
    with pytest.raises(NotFound):
        delete_team(in_acme.alice, everyone.pk)
    with pytest.raises(NotFound):
        add_to_team(in_acme.alice, everyone.pk, in_acme.dan.membership_id)
    with pytest.raises(NotFound):
        remove_from_team(in_acme.alice, everyone.pk, in_acme.bob.membership_id)


def test_nobody_of_another_organisation_gets_in(rival: Rival, in_acme: Acme, buyers: Team) -> None:
    with pytest.raises(NotFound):
        add_to_team(in_acme.alice, buyers.pk, rival.mallory.membership_id)


def test_another_organisations_team_is_not_there(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        theirs = create_team(rival.mallory, name="Sellers")
    with scope(acme.tenant_id), pytest.raises(NotFound):
        add_to_team(acme.alice, theirs.pk, acme.bob.membership_id)


def test_two_organisations_may_use_one_name(acme: Acme, rival: Rival) -> None:
    for owner in (acme.alice, rival.mallory):
        with scope(owner.tenant_id):
            assert create_team(owner, name="Sellers").name == "Sellers"


@pytest.mark.parametrize("name", ["Buyers", "BUYERS", " Buyers\n", "everyone"])
def test_two_teams_of_one_organisation_may_not(in_acme: Acme, buyers: Team, name: str) -> None:
    sellers = create_team(in_acme.alice, name="Sellers")
    for act in (
        lambda: create_team(in_acme.alice, name=name),
        lambda: rename_team(in_acme.alice, sellers.pk, to=name),
    ):
        with pytest.raises(TeamTaken):
            act()
    assert set(Team.objects.values_list("name", flat=True)) == {"Everyone", "Buyers", "Sellers"}


def test_of_two_who_take_a_name_at_once_one_is_refused(committed: None) -> None:
    acme = found_acme()

    def make() -> None:
        with scope(acme.tenant_id):
            create_team(acme.alice, name="Buyers")

    ended = all_at_once([make, make])
    assert sorted(type(end).__name__ for end in ended) == ["NoneType", "TeamTaken"]


@pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 81])
def test_a_name_that_cannot_be_kept_is_refused(in_acme: Acme, buyers: Team, name: str) -> None:
    with pytest.raises(Invalid):
        create_team(in_acme.alice, name=name)
    with pytest.raises(Invalid):
        rename_team(in_acme.alice, buyers.pk, to=name)


def test_a_team_gets_another_name_and_may_keep_its_own(in_acme: Acme, buyers: Team) -> None:
    for name in ("Purchasing", "purchasing", "purchasing"):
        assert rename_team(in_acme.alice, buyers.pk, to=name).name == name
    renamed = [event["facts"] for event in acts(in_acme.alice) if "renamed" in event["action"]]
    assert renamed == [
        {"before": "Buyers", "after": "Purchasing"},
        {"before": "Purchasing", "after": "purchasing"},
    ]


def test_several_are_put_in_at_once_or_none(rival: Rival, in_acme: Acme, buyers: Team) -> None:
    add_to_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    everybody = [getattr(in_acme, who).membership_id for who in ("bob", "carol", "dan")]
    with pytest.raises(NotFound):
        add_to_team(in_acme.alice, buyers.pk, *everybody, rival.mallory.membership_id)
    assert members(buyers) == {in_acme.bob.membership_id}
    new = add_to_team(in_acme.alice, buyers.pk, *everybody)
    assert {seat.pk for seat in new} == set(everybody[1:])
    assert members(buyers) == set(everybody)
    with pytest.raises(Invalid):
        add_to_team(in_acme.alice, buyers.pk, *(uuid7() for _ in range(201)))


def test_a_team_ends_with_its_group_its_people_and_its_periods(
    in_acme: Acme, buyers: Team
) -> None:
    add_to_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    delete_team(in_acme.alice, buyers.pk)
    assert not Team.objects.filter(pk=buyers.pk).exists()
    assert not Group.objects.filter(pk=buyers.group_id).exists()
    assert members(buyers) == set()
    (period,) = TeamMemberPeriod.objects.filter(team_id=buyers.pk)
    assert period.valid_to is not None
    ended = acts(in_acme.alice)[-1]
    assert ended["action"] == "tenants:team:deleted"
    assert ended["facts"] == {"name": "Buyers", "people": 1}
    with pytest.raises(NotFound):
        delete_team(in_acme.alice, buyers.pk)


def test_its_name_is_free_again(in_acme: Acme, buyers: Team) -> None:
    delete_team(in_acme.alice, buyers.pk)
    assert create_team(in_acme.alice, name="Buyers").pk != buyers.pk


def test_its_group_says_nothing_and_nobody_is_in_it(in_acme: Acme, buyers: Team) -> None:
    """Groups have no tenant: whoever reads them learns ids alone."""
    add_to_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    assert Group.objects.get(pk=buyers.group_id).name == str(buyers.pk)
    assert not User.groups.through.objects.exists()


def test_it_is_recorded(in_acme: Acme, buyers: Team) -> None:
    add_to_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    remove_from_team(in_acme.alice, buyers.pk, in_acme.bob.membership_id)
    made, joined, left = acts(in_acme.alice)[-3:]
    assert (made["action"], made["facts"]) == ("tenants:team:created", {"name": "Buyers"})
    assert (joined["action"], left["action"]) == ("tenants:team:joined", "tenants:team:left")
    assert joined["facts"] == left["facts"] == {"member": str(in_acme.bob.membership_id)}
