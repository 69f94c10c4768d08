"""Pages of people: of the organisation, in a team, beside it; by name, for admins."""

import pytest

from accounts.models import User
from tenants.actor import Member
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.flows.join import seat
from tenants.flows.people import (
    PAGE,
    People,
    people_beside,
    people_in,
    people_of,
    seat_of,
    teams_of,
    those_called,
)
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Team, TeamMember
from tests.cast import Acme, Rival
from tests.factories import unique


def names(people: People) -> list[str]:
    return [str(seat.user) for seat in people.seats]


@pytest.fixture
def crowd(in_acme: Acme) -> list[str]:
    """As many as fill more than two pages; some without a name, some with the same."""
    users = [
        User(email=f"{unique('zoe')}@crowd.example", name=["", "zoe", "Zoe Zander"][number % 3])
        for number in range(2 * PAGE + 7)
    ]
    User.objects.bulk_create(users)
    for user in users:
        seat(in_acme.tenant_id, user, MembershipRole.MEMBER)
    return [str(user) for user in users]


def every_page(actor: Member, **asked: str) -> list[str]:
    found, cursor = [], ""
    while True:
        page = people_of(actor, cursor=cursor, **asked)
        found += names(page)
        if page.next is None:
            return found
        assert len(page.seats) == PAGE
        cursor = page.next


def test_pages_name_each_person_once_in_order(in_acme: Acme, crowd: list[str]) -> None:
    found = every_page(in_acme.alice)
    assert sorted(found) == sorted([*crowd, "Alice", "Bob", "Carol", "Dan"])
    assert [name.lower() for name in found] == sorted(name.lower() for name in found)


@pytest.mark.parametrize("called", ["ZANDER", "zander zoe", "  zander"])
def test_a_search_looks_for_each_word_in_name_and_address(
    in_acme: Acme, crowd: list[str], called: str
) -> None:
    assert every_page(in_acme.alice, called=called) == ["Zoe Zander"] * crowd.count("Zoe Zander")


def test_a_search_takes_signs_for_signs(in_acme: Acme, crowd: list[str]) -> None:
    for called in ("%", "_", "zoe\\", "'"):
        assert every_page(in_acme.alice, called=called) == []


def test_a_team_and_who_stands_beside_it_are_everybody(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Buyers")
    add_to_team(in_acme.alice, team.pk, in_acme.bob.membership_id, in_acme.dan.membership_id)
    assert names(people_in(in_acme.alice, team.pk)) == ["Bob", "Dan"]
    assert names(people_beside(in_acme.alice, team.pk)) == ["Alice", "Carol"]
    assert names(people_in(in_acme.alice, team.pk, called="dan")) == ["Dan"]


def test_teams_come_with_their_sizes_and_everyone_first(in_acme: Acme) -> None:
    for name in ("buyers", "Auditors"):
        create_team(in_acme.alice, name=name)
    found = teams_of(in_acme.alice)
    assert [team.name for team in found.teams] == ["Everyone", "Auditors", "buyers"]
    assert found.people == {Team.objects.get(is_everyone=True).pk: 3}
    for number in range(PAGE):
        create_team(in_acme.alice, name=f"Team {number}")
    first = teams_of(in_acme.alice)
    assert first.next
    second = teams_of(in_acme.alice, cursor=first.next)
    assert len({*first.teams, *second.teams}) == PAGE + 3
    assert second.next is None


@pytest.mark.parametrize("who", ["bob", "carol", "dan"])
def test_only_admins_read_on(in_acme: Acme, who: str) -> None:
    actor, everyone = getattr(in_acme, who), Team.objects.get(is_everyone=True).pk
    for act in (
        lambda: people_of(actor),
        lambda: people_in(actor, everyone),
        lambda: people_beside(actor, everyone),
        lambda: teams_of(actor),
        lambda: those_called(actor, [actor.membership_id]),
        lambda: seat_of(actor, in_acme.alice.membership_id),
    ):
        with pytest.raises(TooWeak):
            act()


def test_a_seat_is_found_by_its_id_and_by_the_persons(rival: Rival, in_acme: Acme) -> None:
    for asked in (None, in_acme.bob.membership_id, in_acme.bob.user_id):
        assert seat_of(in_acme.bob, asked).pk == in_acme.bob.membership_id
    assert seat_of(in_acme.alice, in_acme.bob.user_id).pk == in_acme.bob.membership_id
    for stranger in (rival.mallory.membership_id, rival.mallory.user_id):
        with pytest.raises(NotFound):
            seat_of(in_acme.alice, stranger)
    with pytest.raises(NotFound):
        those_called(in_acme.alice, [in_acme.bob.membership_id, rival.mallory.membership_id])


def test_a_cursor_of_another_list_is_refused(in_acme: Acme, crowd: list[str]) -> None:
    cursor = people_of(in_acme.alice).next
    assert cursor
    with pytest.raises(Invalid):
        teams_of(in_acme.alice, cursor=cursor)


def test_a_team_of_thousands_is_read_by_pages(in_acme: Acme, crowd: list[str]) -> None:
    team = create_team(in_acme.alice, name="Buyers")
    seats = [seat.pk for seat in people_of(in_acme.alice, called="zoe").seats]
    add_to_team(in_acme.alice, team.pk, *seats)
    assert TeamMember.objects.filter(team=team).count() == PAGE
    assert people_in(in_acme.alice, team.pk).next is None
