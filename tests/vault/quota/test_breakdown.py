import pytest

from tenants.scoping import scope
from tests.cast import Acme, found_acme
from tests.factories import pdf, put
from vault import quota
from vault.flows.purge import purge
from vault.flows.trash import trash_document
from vault.quota import Breakdown, breakdown


def shares(acme: Acme) -> tuple[Breakdown, Breakdown, Breakdown]:
    with scope(acme.tenant_id):
        parts = breakdown(), breakdown(acme.alice.user_id), breakdown(acme.bob.user_id)
    for part in parts:
        assert part.live + part.versions + part.trash == part.stored
        assert part.stored + part.in_flight == part.total
    whole, *people = parts
    for name in ("stored", "in_flight", "live", "versions", "trash", "total"):
        assert getattr(whole, name) == sum(getattr(person, name) for person in people)
    return parts


def test_the_parts_sum_to_the_whole_and_tell_versions_from_documents(acme: Acme) -> None:
    first = len(pdf("contract.pdf"))
    assert [part.live for part in shares(acme)] == [first, first, 0]
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf(size=5000), on_conflict="version")
    put(acme.bob, acme.folder.pk, "other.pdf", pdf(size=7000))
    second, third = len(pdf(size=5000)), len(pdf(size=7000))
    whole, alice, bob = shares(acme)
    assert (whole.live, whole.versions) == (second + third, first)
    assert (alice.live, alice.versions) == (0, first)  # hers is an earlier version now
    assert (bob.live, bob.versions) == (second + third, 0)


def test_what_is_in_the_trash_is_told_apart_until_it_is_gone(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf(size=5000), on_conflict="version")
    stored = shares(acme)[0].stored
    with scope(acme.tenant_id):
        trashing = trash_document(acme.bob, acme.contract.pk)
    whole = shares(acme)[0]
    assert (whole.live, whole.versions, whole.trash) == (0, 0, stored)
    purge(acme.alice, trashing.pk)
    whole = shares(acme)[0]
    assert (whole.stored, whole.trash) == (0, 0)


def test_a_promise_is_in_flight_until_it_is_given_back(acme: Acme) -> None:
    with scope(acme.tenant_id):
        promise = quota.reserve(acme.tenant_id, acme.bob.user_id, 900)
    assert [part.in_flight for part in shares(acme)] == [900, 0, 900]
    with scope(acme.tenant_id):
        quota.release(promise.pk)
    assert [part.in_flight for part in shares(acme)] == [0, 0, 0]


@pytest.mark.django_db
def test_what_is_available_is_the_limit_less_stored_and_promised() -> None:
    acme = found_acme(limit=100_000)
    with scope(acme.tenant_id):
        quota.reserve(acme.tenant_id, acme.bob.user_id, 900)
    whole, alice, _bob = shares(acme)
    assert whole.limit == 100_000
    assert whole.available == 100_000 - whole.stored - 900
    assert alice.available is None


def test_the_organisations_numbers_hold_nothing_of_anothers(acme: Acme) -> None:
    before = shares(acme)
    other = found_acme()
    put(other.bob, other.folder.pk)
    assert shares(acme) == before
