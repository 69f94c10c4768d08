"""The ledger: whatever is done in whatever order, twice or not, counters and lines agree."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.ids import uuid7
from tenants.scoping import scope
from tests.cast import Acme
from tests.vault.access.world import in_the_database
from vault import quota
from vault.errors import OrganisationIsFull, PersonIsFull, QuotaExceeded
from vault.models import Reservation, Usage, UsageEntry
from vault.quota.ledger import LedgerBroken

LIMIT, OWN_LIMIT = 1000, 600

steps = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "reserve", "settle", "settle", "release", "free", "again"]),
        st.integers(0, 1000),
        st.integers(0, 400),
    ),
    max_size=25,
)


@dataclass
class Promise:
    row: Reservation
    owner: UUID
    left: int


@dataclass
class Book:
    """The same ledger, kept by hand."""

    acme: Acme
    promises: list[Promise] = field(default_factory=list)
    blobs: dict[UUID, tuple[UUID, int]] = field(default_factory=dict)
    last: Callable[[], object] | None = None

    def held(self, owner: UUID | None = None) -> tuple[int, int]:
        stored = sum(size for who, size in self.blobs.values() if owner in (None, who))
        return stored, sum(p.left for p in self.promises if owner in (None, p.owner))

    def reserve(self, pick: int, size: int) -> None:
        owner = (self.acme.alice, self.acme.bob)[pick % 2].user_id
        tenant = self.acme.tenant_id
        fits = sum(self.held()) + size <= LIMIT
        own = owner != self.acme.bob.user_id or sum(self.held(owner)) + size <= OWN_LIMIT
        try:
            row = quota.reserve(tenant, owner, size)
        except QuotaExceeded as refusal:
            assert isinstance(refusal, OrganisationIsFull) == (not fits)
            assert isinstance(refusal, PersonIsFull) == (fits and not own)
            return
        assert fits
        assert own
        self.promises.append(Promise(row, owner, size))

    def settle(self, pick: int, size: int) -> None:
        if not self.promises:
            return
        promise, blob = self.promises[pick % len(self.promises)], uuid7()
        self.last = lambda: quota.settle(promise.row, blob, size)
        if size > promise.left:
            with pytest.raises(LedgerBroken):
                self.last()
            self.last = None
            return
        self.last()
        promise.left -= size
        self.blobs[blob] = promise.owner, size

    def release(self, pick: int, _size: int) -> None:
        if not self.promises:
            return
        promise = self.promises.pop(pick % len(self.promises))
        assert quota.release(promise.row.pk) == promise.left
        self.last = lambda: quota.release(promise.row.pk)

    def free(self, pick: int, _size: int) -> None:
        if not self.blobs:
            return
        blob = list(self.blobs)[pick % len(self.blobs)]
        owner, size = self.blobs.pop(blob)
        self.last = lambda: quota.free(self.acme.tenant_id, owner, blob, size)
        self.last()

    def again(self, _pick: int, _size: int) -> None:
        if self.last is not None:
            self.last()

    def check(self) -> None:
        for owner in (None, self.acme.alice.user_id, self.acme.bob.user_id):
            row = Usage.objects.filter(user_id=owner).first() or Usage()
            assert (row.stored, row.reserved) == self.held(owner) == written(owner)
            assert row.limit is None or row.stored + row.reserved <= row.limit
        left = {p.row.pk: p.left for p in self.promises}
        assert dict(Reservation.objects.values_list("pk", "left")) == left


def written(owner: UUID | None) -> tuple[int, int]:
    """Stored and reserved, as the lines of the ledger add up."""
    lines = UsageEntry.objects.all()
    sums = dict.fromkeys(UsageEntry.Kind, 0)
    for kind, size in (lines.filter(user=owner) if owner else lines).values_list("kind", "size"):
        sums[UsageEntry.Kind(kind)] += size
    kinds = UsageEntry.Kind
    return (
        sums[kinds.STORED] - sums[kinds.FREED],
        sums[kinds.RESERVED] - sums[kinds.STORED] - sums[kinds.RELEASED],
    )


@pytest.fixture
def empty(acme: Acme) -> Acme:
    """The same people without the contract in the books, in scope for every example."""
    with scope(acme.tenant_id):
        blob = UsageEntry.objects.get(kind="stored")
        quota.free(acme.tenant_id, blob.user, blob.blob or uuid7(), blob.size)
        quota.set_limit(acme.tenant_id, None, LIMIT)
        quota.set_limit(acme.tenant_id, acme.bob.user_id, OWN_LIMIT)
    return acme


@given(steps)
@settings(in_the_database, max_examples=40)
def test_counters_lines_and_promises_agree(empty: Acme, plan: list[tuple[str, int, int]]) -> None:
    with scope(empty.tenant_id), transaction.atomic():
        book = Book(empty)
        for verb, pick, size in plan:
            getattr(book, verb)(pick, size)
        book.check()
        transaction.set_rollback(True)


def test_a_refusal_names_the_level_what_is_needed_and_what_is_left(empty: Acme) -> None:
    with scope(empty.tenant_id):
        quota.reserve(empty.tenant_id, empty.alice.user_id, 300)
        with pytest.raises(PersonIsFull) as own:
            quota.reserve(empty.tenant_id, empty.bob.user_id, 601)
        with pytest.raises(OrganisationIsFull) as whole:
            quota.reserve(empty.tenant_id, empty.bob.user_id, 701)
    assert (own.value.code, own.value.needed, own.value.left) == ("quota_user", 601, 600)
    assert own.value.facts == {"needed": 601, "left": 600}
    assert (whole.value.code, whole.value.needed, whole.value.left) == ("quota_org", 701, 700)
    assert "700\xa0bytes left; this needs 701\xa0bytes" in whole.value.detail
    assert "limit is 600\xa0bytes; you have 600\xa0bytes left" in own.value.detail


def test_a_refusal_takes_nothing(empty: Acme) -> None:
    """The organisation's room is taken first, and comes back when the person's is refused."""
    with scope(empty.tenant_id):
        with pytest.raises(PersonIsFull):
            quota.reserve(empty.tenant_id, empty.bob.user_id, 601)
        Book(empty).check()


def test_the_last_byte_can_be_taken(empty: Acme) -> None:
    with scope(empty.tenant_id):
        quota.reserve(empty.tenant_id, empty.bob.user_id, 600)
        quota.reserve(empty.tenant_id, empty.alice.user_id, 400)
        quota.reserve(empty.tenant_id, empty.alice.user_id, 0)
        with pytest.raises(OrganisationIsFull):
            quota.reserve(empty.tenant_id, empty.alice.user_id, 1)


def test_a_limit_below_what_is_stored_lets_nothing_in_and_takes_nothing_away(
    empty: Acme,
) -> None:
    with scope(empty.tenant_id):
        quota.settle(quota.reserve(empty.tenant_id, empty.alice.user_id, 500), uuid7(), 500)
        assert quota.set_limit(empty.tenant_id, None, 100) == LIMIT
        with pytest.raises(OrganisationIsFull) as refusal:
            quota.reserve(empty.tenant_id, empty.alice.user_id, 1)
        assert refusal.value.left == 0
        assert quota.breakdown().available == 0
        assert quota.set_limit(empty.tenant_id, None, None) == 100
        quota.reserve(empty.tenant_id, empty.alice.user_id, 10**12)


def test_the_lines_of_the_ledger_are_never_rewritten(empty: Acme) -> None:
    for change in (
        lambda: UsageEntry.objects.update(size=0),
        lambda: UsageEntry.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), scope(empty.tenant_id):
            change()
