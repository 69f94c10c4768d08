"""An organisation is founded: what stands there from the first moment."""

import pytest

from accounts.models import User
from tenants.errors import Invalid, SlugTaken
from tenants.flows.found import found
from tenants.models import Membership, MembershipRole, Organisation, Policy, Team, TeamMember
from tenants.scoping import scope
from tenants.slugs import RESERVED
from tests.cast import account
from tests.factories import unique
from tests.tenants.scene import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return account("alice")


def test_its_founder_owns_it(alice: User) -> None:
    actor = found(unique("acme"), name="Acme Ltd", owner=alice)
    assert (actor.user_id, actor.role) == (alice.pk, MembershipRole.OWNER)
    with scope(actor.tenant_id):
        seat = Membership.objects.get()
    assert (seat.pk, seat.user_id, seat.role) == (actor.membership_id, alice.pk, "owner")


def test_it_has_a_policy_and_a_team_of_everyone(alice: User) -> None:
    actor = found(unique("acme"), name="Acme Ltd", owner=alice)
    with scope(actor.tenant_id):
        assert Policy.objects.count() == 1
        assert TeamMember.objects.get().team == Team.objects.get(is_everyone=True)


def test_its_trail_begins_with_it(alice: User) -> None:
    slug = unique("acme")
    actor = found(slug, name="Acme Ltd", owner=alice)
    (event,) = acts(actor)
    assert event["action"] == "tenants:organisation:founded"
    assert event["subject"] == {"kind": "organisation", "id": str(actor.tenant_id)}
    assert event["facts"] == {"slug": slug}


def test_an_address_belongs_to_one_organisation(alice: User) -> None:
    slug = unique("acme")
    found(slug, name="Acme Ltd", owner=alice)
    with pytest.raises(SlugTaken):
        found(slug, name="Another", owner=account("mallory"))
    assert Organisation.objects.filter(slug=slug).count() == 1


def test_a_person_may_found_several(alice: User) -> None:
    one, two = (found(unique("acme"), name="Acme Ltd", owner=alice) for _ in range(2))
    assert one.tenant_id != two.tenant_id


@pytest.mark.parametrize(
    "slug", ["", "-acme", "acme-", "Acme", "ac me", "ac.me", "acmé", "a" * 41, "acme\n", *RESERVED]
)
def test_an_address_is_a_label_that_means_nothing_else(alice: User, slug: str) -> None:
    with pytest.raises(Invalid):
        found(slug, name="Acme Ltd", owner=alice)
    assert not Organisation.objects.filter(slug=slug).exists()


@pytest.mark.parametrize("slug", ["a", "7", "a" * 40, "acme-2"])
def test_a_label_of_a_host_is_an_address(alice: User, slug: str) -> None:
    assert found(slug, name="Acme Ltd", owner=alice).role == MembershipRole.OWNER
