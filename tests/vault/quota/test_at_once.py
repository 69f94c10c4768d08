"""Many uploads at the edge of a limit, at the same moment and each on a connection of its own."""

from functools import partial

import pytest

from tenants.scoping import scope
from tests.cast import Acme, found_acme
from tests.factories import pdf, put
from tests.vault.scene import all_at_once, kept_files, remains
from vault import quota
from vault.errors import OrganisationIsFull, PersonIsFull
from vault.models import Blob, Document

AT_ONCE = 64
OVERHEAD = 500  # what `put` reserves besides the file, for the form around it


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("level", ["organisation", "person"])
def test_uploads_at_once_never_pass_a_limit_and_fill_it_as_far_as_they_fit(level: str) -> None:
    acme = found_acme()
    files = [pdf(str(number), size=1000 + 37 * number) for number in range(AT_ONCE)]
    limit = set_edge(acme, level, room=sum(map(len, files)) // 3)

    outcomes = all_at_once(
        [
            partial(put, acme.bob, acme.folder.pk, f"{number}.pdf", content)
            for number, content in enumerate(files)
        ]
    )
    filed = [outcome for outcome in outcomes if isinstance(outcome, Document)]
    refusal = OrganisationIsFull if level == "organisation" else PersonIsFull
    refused = [outcome for outcome in outcomes if isinstance(outcome, refusal)]
    assert len(filed) + len(refused) == AT_ONCE
    assert filed
    assert refused

    won = [f for f, outcome in zip(files, outcomes, strict=True) if isinstance(outcome, Document)]
    user = None if level == "organisation" else acme.bob.user_id
    with scope(acme.tenant_id):
        stored, in_flight = quota.breakdown(user).stored, quota.breakdown(user).in_flight
        others = 0 if user else len(pdf("contract.pdf"))
        assert stored == others + sum(map(len, won)) <= limit
        assert in_flight == 0
        sizes = Blob.objects.exclude(owner_id=acme.alice.user_id).values_list("size", flat=True)
        assert sorted(sizes) == sorted(map(len, won))
    left = remains(acme.tenant_id)
    assert left.reservations == 0
    assert len(kept_files()) == left.blobs == left.documents == len(won) + 1


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("level", ["organisation", "person"])
def test_promises_at_once_take_exactly_what_fits(level: str) -> None:
    """Nobody gives back meanwhile, so that not a byte that fitted may be refused."""
    acme = found_acme()
    limit = set_edge(acme, level, room=10_000)
    sizes = [100 + 13 * (number % 9) for number in range(AT_ONCE)] * 2

    def take(size: int) -> int:
        with scope(acme.tenant_id):
            return quota.reserve(acme.tenant_id, acme.bob.user_id, size).size

    outcomes = all_at_once([partial(take, size) for size in sizes])
    won = sum(outcome for outcome in outcomes if isinstance(outcome, int))
    refused = [
        size for size, outcome in zip(sizes, outcomes, strict=True) if not isinstance(outcome, int)
    ]
    with scope(acme.tenant_id):
        row = quota.breakdown(None if level == "organisation" else acme.bob.user_id)
    assert row.in_flight == won
    assert row.total <= limit
    assert refused
    assert row.available is not None
    assert row.available < min(refused)


def set_edge(acme: Acme, level: str, *, room: int) -> int:
    """A limit that leaves so much room; answers it."""
    user = None if level == "organisation" else acme.bob.user_id
    with scope(acme.tenant_id):
        limit = quota.breakdown(user).total + room
        quota.set_limit(acme.tenant_id, user, limit)
    return limit
