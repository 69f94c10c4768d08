"""Is a link good now? Every case, and the order in which its holder is told."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from sharing.rules import Judgement, LinkTerms, judge

NOW = datetime(2026, 4, 9, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)

GOOD = LinkTerms(
    generation=3, expires_at=NOW + TICK, is_revoked=False, issuer_may=True, is_served=True
)


def terms(**changes: object) -> LinkTerms:
    fields = {name: getattr(GOOD, name) for name in LinkTerms.__slots__}
    return LinkTerms(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "judgement"),
    [
        ({}, Judgement.USABLE),
        ({"generation": 2}, Judgement.UNKNOWN),
        ({"generation": 4}, Judgement.UNKNOWN),
        ({"is_revoked": True}, Judgement.REVOKED),
        ({"expires_at": NOW}, Judgement.ENDED),
        ({"expires_at": NOW - TICK}, Judgement.ENDED),
        ({"issuer_may": False}, Judgement.UNAVAILABLE),
        ({"is_served": False}, Judgement.UNAVAILABLE),
    ],
)
def test_each_fault_has_its_judgement(changes: dict[str, object], judgement: Judgement) -> None:
    assert judge(terms(**changes), generation=3, now=NOW) is judgement


def test_of_several_faults_the_first_of_this_order_is_told() -> None:
    """A stranger to a link learns nothing of it; its holder learns the plainest reason."""
    faults: list[tuple[dict[str, object], Judgement]] = [
        ({"generation": 2}, Judgement.UNKNOWN),
        ({"is_revoked": True}, Judgement.REVOKED),
        ({"expires_at": NOW}, Judgement.ENDED),
        ({"issuer_may": False}, Judgement.UNAVAILABLE),
        ({"is_served": False}, Judgement.UNAVAILABLE),
    ]
    for chosen in product([False, True], repeat=len(faults)):
        present = [fault for fault, here in zip(faults, chosen, strict=True) if here]
        changes = {name: value for fault, _ in present for name, value in fault.items()}
        expected = present[0][1] if present else Judgement.USABLE
        assert judge(terms(**changes), generation=3, now=NOW) is expected
