"""A membership changes or ends, and what it gave goes with it; an owner always remains."""

import pytest

from tenants.actor import Member
from tenants.errors import LastOwner, NotFound, TooWeak
from tenants.flows.leave import change_role, end_membership
from tenants.flows.teams import add_to_team, create_team
from tenants.models import ApiToken, Membership, MembershipRole, TeamMember
from tenants.scoping import scope
from tests.cast import Acme, Rival, found_acme, member, signed_in
from tests.tenants.scene import acts, program, token_of, weaker
from tests.vault.scene import all_at_once
from vault.models import FolderUserGrant

Role = MembershipRole


@pytest.fixture
def adam(in_acme: Acme) -> Member:
    """An admin."""
    return member(in_acme.alice, "adam", Role.ADMIN)


@pytest.fixture
def olga(in_acme: Acme) -> Member:
    """A second owner."""
    return member(in_acme.alice, "olga", Role.OWNER)


def is_there(actor: Member) -> bool:
    return Membership.objects.filter(pk=actor.membership_id).exists()


def role_of(actor: Member) -> str:
    return Membership.objects.get(pk=actor.membership_id).role


def test_an_admin_ends_a_membership(in_acme: Acme, adam: Member) -> None:
    end_membership(adam, in_acme.bob.membership_id)
    assert not is_there(in_acme.bob)


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_everyone_may_leave(in_acme: Acme, who: str) -> None:
    actor = getattr(in_acme, who)
    end_membership(actor, actor.membership_id)
    assert not is_there(actor)


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_nobody_ends_a_colleagues_membership(in_acme: Acme, who: str) -> None:
    for colleague in (in_acme.alice, in_acme.bob, in_acme.carol, in_acme.dan):
        if colleague != getattr(in_acme, who):
            with pytest.raises(TooWeak):
                end_membership(getattr(in_acme, who), colleague.membership_id)
            assert is_there(colleague)


def test_what_it_gave_ends_with_it(in_acme: Acme) -> None:
    bob, team = in_acme.bob, create_team(in_acme.alice, name="Buyers")
    add_to_team(in_acme.alice, team.pk, bob.membership_id)
    token_of(bob)
    end_membership(in_acme.alice, bob.membership_id)
    assert not TeamMember.objects.filter(membership=bob.membership_id).exists()
    assert not ApiToken.objects.filter(membership=bob.membership_id).exists()
    assert not FolderUserGrant.objects.filter(user=bob.user_id).exists()


def test_the_very_next_request_is_refused(acme: Acme) -> None:
    browser, api = signed_in(acme.bob), program(acme.bob)
    page, call = f"/o/{acme.slug}/files/", f"/api/v1/o/{acme.slug}"
    assert (browser.get(page).status_code, api.get(call).status_code) == (200, 200)
    with scope(acme.tenant_id):
        end_membership(acme.alice, acme.bob.membership_id)
    assert (browser.get(page).status_code, api.get(call).status_code) == (404, 401)


def test_the_last_owner_stays(in_acme: Acme, adam: Member) -> None:
    alice = in_acme.alice
    with pytest.raises(LastOwner):
        end_membership(alice, alice.membership_id)
    for role in (Role.ADMIN, Role.MEMBER, Role.GUEST):
        with pytest.raises(LastOwner):
            change_role(alice, alice.membership_id, to=role)
    assert role_of(alice) == Role.OWNER


def test_an_owner_may_leave_when_there_is_another(in_acme: Acme, olga: Member) -> None:
    end_membership(in_acme.alice, in_acme.alice.membership_id)
    with pytest.raises(LastOwner):
        end_membership(olga, olga.membership_id)
    assert [seat.role for seat in Membership.objects.filter(role=Role.OWNER)] == [Role.OWNER]


def test_an_admin_does_nothing_to_an_owner(in_acme: Acme, adam: Member, olga: Member) -> None:
    with pytest.raises(TooWeak):
        end_membership(adam, olga.membership_id)
    with pytest.raises(TooWeak):
        change_role(adam, olga.membership_id, to=Role.MEMBER)
    assert role_of(olga) == Role.OWNER


def test_an_admin_makes_no_owner_of_anyone(in_acme: Acme, adam: Member) -> None:
    for actor in (adam, in_acme.bob):
        with pytest.raises(TooWeak):
            change_role(adam, actor.membership_id, to=Role.OWNER)


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_nobody_raises_themselves(in_acme: Acme, who: str) -> None:
    actor = getattr(in_acme, who)
    for role in Role:
        with pytest.raises(TooWeak):
            change_role(actor, actor.membership_id, to=role)
    assert role_of(actor) == actor.role


@pytest.mark.parametrize("ceiling", ["preview", "read", "edit"])
def test_a_weaker_token_changes_no_seat(in_acme: Acme, ceiling: str) -> None:
    actor = weaker(in_acme.alice, ApiToken.Scope(ceiling))
    with pytest.raises(TooWeak):
        change_role(actor, in_acme.bob.membership_id, to=Role.ADMIN)
    with pytest.raises(TooWeak):
        end_membership(actor, in_acme.bob.membership_id)


@pytest.mark.parametrize(("role", "belongs"), [("guest", False), ("member", True)])
def test_everyone_is_all_but_guests(in_acme: Acme, role: str, belongs: bool) -> None:
    for actor in (in_acme.carol, in_acme.dan):
        change_role(in_acme.alice, actor.membership_id, to=Role(role))
        seats = TeamMember.objects.filter(membership=actor.membership_id, team__is_everyone=True)
        assert seats.exists() == belongs


def test_a_role_holds_for_the_very_next_request(acme: Acme) -> None:
    api, wall = program(acme.bob), f"/api/v1/o/{acme.slug}/folders/{acme.folder.pk}/wall"
    assert api.put(wall).status_code == 403
    with scope(acme.tenant_id):
        change_role(acme.alice, acme.bob.membership_id, to=Role.ADMIN)
    assert api.put(wall).status_code == 204


def test_a_seat_of_another_organisation_is_not_there(rival: Rival, in_acme: Acme) -> None:
    with pytest.raises(NotFound):
        end_membership(in_acme.alice, rival.mallory.membership_id)
    with pytest.raises(NotFound):
        change_role(in_acme.alice, rival.mallory.membership_id, to=Role.GUEST)


def test_it_is_recorded(in_acme: Acme) -> None:
    seat = in_acme.bob.membership_id
    change_role(in_acme.alice, seat, to=Role.ADMIN)
    end_membership(in_acme.alice, seat)
    changed, left = acts(in_acme.alice)[-2:]
    assert (changed["action"], left["action"]) == ("tenants:member:changed", "tenants:member:left")
    assert changed["facts"] == {"before": "member", "after": "admin"}
    assert left["facts"] == {"user": str(in_acme.bob.user_id)}


def test_two_owners_who_leave_at_once_do_not_both(committed: None) -> None:
    acme = found_acme()
    with scope(acme.tenant_id):
        olga = member(acme.alice, "olga", Role.OWNER)

    def leave(owner: Member) -> None:
        with scope(owner.tenant_id):
            end_membership(owner, owner.membership_id)

    ended = all_at_once([lambda: leave(acme.alice), lambda: leave(olga)])
    assert sorted(type(end).__name__ for end in ended) == ["LastOwner", "NoneType"]
    with scope(acme.tenant_id):
        assert Membership.objects.filter(role=Role.OWNER).count() == 1
