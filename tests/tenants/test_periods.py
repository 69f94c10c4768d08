"""Each state of a seat is kept, from a moment to another, whoever changed it."""

from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tenants.flows.leave import change_role, end_membership
from tenants.flows.teams import add_to_team, create_team, remove_from_team
from tenants.models import (
    Membership,
    MembershipPeriod,
    MembershipRole,
    Team,
    TeamMember,
    TeamMemberPeriod,
)
from tenants.scoping import scope
from tests.cast import Acme, found_acme

Role = MembershipRole


def states(acme: Acme) -> list[tuple[str, bool]]:
    """Bob's roles, in their order, and whether each is over."""
    periods = MembershipPeriod.objects.filter(source=acme.bob.membership_id).order_by("valid_from")
    return [(period.role, period.valid_to is not None) for period in periods]


def test_a_seat_begins_a_period(in_acme: Acme) -> None:
    period = MembershipPeriod.objects.get(source=in_acme.bob.membership_id)
    assert (period.user_id, period.role) == (in_acme.bob.user_id, "member")
    assert period.valid_to is None


def test_a_change_ends_one_and_begins_another(in_acme: Acme) -> None:
    change_role(in_acme.alice, in_acme.bob.membership_id, to=Role.ADMIN)
    change_role(in_acme.alice, in_acme.bob.membership_id, to=Role.GUEST)
    assert states(in_acme) == [("member", True), ("admin", True), ("guest", False)]


def test_the_end_of_a_seat_ends_its_period(in_acme: Acme) -> None:
    end_membership(in_acme.alice, in_acme.bob.membership_id)
    assert states(in_acme) == [("member", True)]


def test_a_change_of_nothing_begins_nothing(in_acme: Acme) -> None:
    change_role(in_acme.alice, in_acme.bob.membership_id, to=Role.MEMBER)
    Membership.objects.filter(pk=in_acme.bob.membership_id).update(role="member")
    assert states(in_acme) == [("member", False)]


def test_periods_meet_and_do_not_overlap(committed: None) -> None:
    """Each change in a transaction of its own, as they come."""
    acme = found_acme()
    for role in (Role.ADMIN, Role.GUEST, Role.MEMBER):
        with scope(acme.tenant_id):
            change_role(acme.alice, acme.bob.membership_id, to=role)
    with scope(acme.tenant_id):
        rows = list(
            MembershipPeriod.objects.filter(source=acme.bob.membership_id)
            .order_by("valid_from")
            .values_list("valid_from", "valid_to")
        )
    assert len(rows) == 4
    for (start, end), (next_start, _) in pairwise(rows):
        assert end is not None
        assert start < end <= next_start
    assert rows[-1][1] is None


def test_being_in_a_team_is_a_period(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Buyers")
    add_to_team(in_acme.alice, team.pk, in_acme.bob.membership_id)
    period = TeamMemberPeriod.objects.get(team_id=team.pk)
    assert (period.membership_id, period.valid_to) == (in_acme.bob.membership_id, None)
    remove_from_team(in_acme.alice, team.pk, in_acme.bob.membership_id)
    period.refresh_from_db()
    assert period.valid_to is not None
    add_to_team(in_acme.alice, team.pk, in_acme.bob.membership_id)
    assert TeamMemberPeriod.objects.filter(team_id=team.pk).count() == 2


def test_a_cascade_ends_periods_too(in_acme: Acme) -> None:
    """The seat goes, and the database takes the seat in the team with it: no flow sees that."""
    everyone = Team.objects.get(is_everyone=True)
    seat = in_acme.bob.membership_id
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tenants_membership WHERE id = %s", [seat])
    assert not TeamMember.objects.filter(membership_id=seat).exists()
    period = TeamMemberPeriod.objects.get(team_id=everyone.pk, membership_id=seat)
    assert period.valid_to is not None
    assert states(in_acme) == [("member", True)]


def test_becoming_a_guest_ends_being_one_of_everyone(in_acme: Acme) -> None:
    change_role(in_acme.alice, in_acme.carol.membership_id, to=Role.GUEST)
    period = TeamMemberPeriod.objects.get(membership_id=in_acme.carol.membership_id)
    assert period.valid_to is not None


def test_what_is_rolled_back_was_never_so(in_acme: Acme) -> None:
    with transaction.atomic():
        change_role(in_acme.alice, in_acme.bob.membership_id, to=Role.ADMIN)
        transaction.set_rollback(True)
    assert states(in_acme) == [("member", False)]


@pytest.mark.parametrize("model", [MembershipPeriod, TeamMemberPeriod])
def test_history_is_read_and_not_written(in_acme: Acme, model: Any) -> None:
    period = model.objects.first()
    period.pk = None
    acts = (
        lambda: model.objects.update(valid_to=None),
        lambda: model.objects.all()._raw_delete("default"),
        lambda: period.save(force_insert=True),
    )
    for act in acts:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act()
