"""A person gets a seat: who may give one, and what comes with it."""

import pytest

from tenants.actor import Member
from tenants.errors import AlreadyMember, TooWeak
from tenants.flows.join import join
from tenants.models import ApiToken, Membership, MembershipRole, TeamMember
from tenants.scoping import scope
from tests.cast import Acme, Rival, account, member
from tests.tenants.scene import acts, weaker

Role = MembershipRole


@pytest.fixture
def adam(in_acme: Acme) -> Member:
    """An admin."""
    return member(in_acme.alice, "adam", Role.ADMIN)


def is_in_everyone(membership: Membership) -> bool:
    return TeamMember.objects.filter(membership=membership, team__is_everyone=True).exists()


@pytest.mark.parametrize("role", list(Role))
def test_an_owner_gives_every_seat(in_acme: Acme, role: Role) -> None:
    person = account("eve")
    membership = join(in_acme.alice, person, role)
    assert (membership.user_id, membership.role) == (person.pk, role)
    assert is_in_everyone(membership) == (role != Role.GUEST)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, Role.GUEST])
def test_an_admin_gives_every_seat_but_an_owners(adam: Member, role: Role) -> None:
    assert join(adam, account("eve"), role).role == role


def test_an_admin_makes_no_owner(adam: Member) -> None:
    with pytest.raises(TooWeak):
        join(adam, account("eve"), Role.OWNER)


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_others_give_no_seat(in_acme: Acme, who: str) -> None:
    person, before = account("eve"), Membership.objects.count()
    for role in Role:
        with pytest.raises(TooWeak):
            join(getattr(in_acme, who), person, role)
    assert Membership.objects.count() == before


@pytest.mark.parametrize("ceiling", ["preview", "read", "edit"])
def test_a_weaker_token_of_an_owner_gives_no_seat(in_acme: Acme, ceiling: str) -> None:
    with pytest.raises(TooWeak):
        join(weaker(in_acme.alice, ApiToken.Scope(ceiling)), account("eve"), Role.GUEST)


def test_a_person_has_one_seat(in_acme: Acme) -> None:
    person = account("eve")
    join(in_acme.alice, person, Role.MEMBER)
    with pytest.raises(AlreadyMember):
        join(in_acme.alice, person, Role.ADMIN)
    assert Membership.objects.get(user=person).role == Role.MEMBER


def test_a_person_sits_in_several_organisations(acme: Acme, rival: Rival) -> None:
    person = account("eve")
    for owner in (acme.alice, rival.mallory):
        with scope(owner.tenant_id):
            join(owner, person, Role.MEMBER)
            assert Membership.objects.filter(user=person).count() == 1


def test_it_is_recorded(in_acme: Acme) -> None:
    membership = join(in_acme.alice, account("eve"), Role.GUEST)
    event = acts(in_acme.alice)[-1]
    assert event["action"] == "tenants:member:joined"
    assert event["subject"] == {"kind": "membership", "id": str(membership.pk)}
    assert event["facts"] == {"role": "guest"}
