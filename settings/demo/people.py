"""Who is in the demo: Acme's four people and their teams, and Mallory of the rival."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from accounts.flows.open_account import open_account
from accounts.models import User
from tenants.actor import Member, member_of
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Team
from tenants.scoping import scope
from vault.flows.founding import found_organisation, join_organisation

PASSWORD: Final = "strongroom demo"  # noqa: S105  of made-up people, on one's own machine
GIBIBYTE: Final = 1024**3


@dataclass(frozen=True, slots=True)
class Acme:
    """Alice owns, Bob and Carol are members, Dan is a guest."""

    alice: Member
    bob: Member
    carol: Member
    dan: Member
    finance: Team
    legal: Team


@dataclass(frozen=True, slots=True)
class Rival:
    """Mallory owns it. Alice has a seat there, too."""

    mallory: Member
    alice: Member


@transaction.atomic
def found_acme() -> Acme:
    alice = found_organisation(
        "acme", name="Acme Ltd", owner=account("alice", "Alice Ortiz"), limit=5 * GIBIBYTE
    )
    with scope(alice.tenant_id):
        bob = join(alice, account("bob", "Bob Chen"))
        carol = join(alice, account("carol", "Carol Haddad"))
        dan = join(alice, account("dan", "Dan Weber"), MembershipRole.GUEST)
        finance = team(alice, "Finance", bob, carol)
        legal = team(alice, "Legal", alice, carol)
    return Acme(alice, bob, carol, dan, finance, legal)


@transaction.atomic
def found_rival(acme: Acme) -> Rival:
    mallory = found_organisation(
        "rival",
        name="Rival & Sons",
        owner=account("mallory", "Mallory Price", at="rival.example"),
        limit=GIBIBYTE,
    )
    with scope(mallory.tenant_id):
        alice = join(mallory, User.objects.get(pk=acme.alice.user_id))
    return Rival(mallory, alice)


def account(word: str, name: str, *, at: str = "acme.example") -> User:
    return open_account(f"{word}@{at}", name=name, password=PASSWORD)


def join(owner: Member, user: User, role: MembershipRole = MembershipRole.MEMBER) -> Member:
    return member_of(join_organisation(owner, user, role))


def team(owner: Member, name: str, *people: Member) -> Team:
    made = create_team(owner, name=name)
    for person in people:
        add_to_team(owner, made.pk, person.membership_id)
    return made
