"""Whom the figures are taken for, among those who were seeded."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tenants.actor import Member, member_of
from tenants.models import Membership, Organisation
from tenants.scoping import scope

BIG: Final = "bench-0"
SMALL: Final = "bench-1"
# By the order in which people were made; the first one owns the organisation.
IN_THE_BIG_ONE: Final = {
    "broad": 1,
    "root": 2,
    "sparse": 3,
    "40 keys": 4,
    "500 keys": 5,
    "2,000 keys": 6,
    "member of the big tenant": 11,
}
OF_BOTH_SIZES: Final = ("broad", "root")  # whose page is full in the smaller one, too


@dataclass(frozen=True, slots=True)
class Crowd:
    owner: Member
    people: dict[str, Member]

    @classmethod
    def gather(cls) -> "Crowd":
        big, small = seats_in(BIG), seats_in(SMALL)
        people = {name: big[number] for name, number in IN_THE_BIG_ONE.items()}
        return cls(big[0], people | {"member of a small tenant": small[1]})


def seats_in(slug: str) -> list[Member]:
    with scope(tenant_called(slug)):
        return [member_of(seat) for seat in Membership.objects.order_by("user_id")[:12]]


def tenant_called(slug: str) -> UUID:
    return Organisation.objects.values_list("pk", flat=True).get(slug=slug)
