from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.ids import uuid7
from sharing.errors import LinkTooLong
from sharing.events import Event
from sharing.flows.create import Terms, create_link, fetch_link, links_of, revoke_link
from sharing.models import Link
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.models import Policy
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import put
from tests.sharing.scene import as_stored, link_to
from tests.vault.scene import trail
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document
from vault.rights.fetching import fetch_document

NEARLY = timedelta(seconds=5)


def ends_in(link: Link, days: int) -> bool:
    return abs(link.expires_at - timezone.now() - timedelta(days=days)) < NEARLY


def test_without_an_end_it_ends_as_the_organisation_says(acme: Acme) -> None:
    assert ends_in(link_to(acme), 7)
    with scope(acme.tenant_id):
        Policy.objects.update(link_days_default=3)
    assert ends_in(link_to(acme), 3)


def test_it_ends_when_its_maker_says(acme: Acme) -> None:
    wished = timezone.now() + timedelta(days=89, hours=5)
    assert link_to(acme, expires_at=wished).expires_at == wished


@pytest.mark.parametrize("days", [92, 365, 10_000])
def test_none_lasts_longer_than_the_organisation_allows(acme: Acme, days: int) -> None:
    with pytest.raises(LinkTooLong) as refusal:
        link_to(acme, expires_at=timezone.now() + timedelta(days=days))
    assert "within 90 days" in refusal.value.detail
    with scope(acme.tenant_id):
        assert not Link.objects.exists()


def test_the_end_of_the_last_day_is_still_allowed(acme: Acme) -> None:
    """Who chooses the last day in a calendar means its end."""
    day = timezone.now() + timedelta(days=91) - NEARLY
    assert link_to(acme, expires_at=day).expires_at == day


@pytest.mark.parametrize("seconds", [0, -1, -(10**6)])
def test_the_end_lies_ahead(acme: Acme, seconds: int) -> None:
    with pytest.raises(Invalid):
        link_to(acme, expires_at=timezone.now() + timedelta(seconds=seconds))


def test_it_belongs_to_its_maker_and_is_recorded(acme: Acme) -> None:
    link = link_to(acme, label="for the auditors")
    row = as_stored(link)
    assert (row.issuer_id, row.label) == (acme.bob.user_id, "for the auditors")
    assert (row.generation, row.downloads, row.version_id) == (1, 0, None)
    (event,) = trail(acme.tenant_id, Event.LINK_CREATED)
    assert event["actor"]["user"] == str(acme.bob.user_id)
    assert event["subject"] == {"kind": "link", "id": str(link.pk)}
    assert event["facts"]["document"] == str(acme.contract.pk)
    assert "auditors" not in str(event)


def test_a_pinned_one_keeps_the_version_of_its_making(acme: Acme) -> None:
    link = link_to(acme, pinned=True)
    first = acme.contract.current_id
    assert as_stored(link).version_id == first
    put(acme.bob, acme.folder.pk, "contract.pdf", on_conflict="version")
    assert as_stored(link).version_id == first
    assert as_stored(link_to(acme, pinned=True)).version_id != first


def test_only_who_may_edit_makes_and_sees_links(acme: Acme, rival: Rival) -> None:
    link = link_to(acme)
    for actor, refusal in ((acme.carol, TooWeak), (acme.dan, NotFound)):
        with pytest.raises(refusal):
            link_to(acme, by=actor)
        with scope(acme.tenant_id), pytest.raises(refusal):
            fetch_link(actor, link.pk)
        with scope(acme.tenant_id), pytest.raises(refusal):
            revoke_link(actor, link.pk)
    with scope(rival.tenant_id):
        with pytest.raises(NotFound):
            create_link(rival.mallory, acme.contract.pk, terms=Terms())
        with pytest.raises(NotFound):
            revoke_link(rival.mallory, link.pk)
    assert as_stored(link).revoked_at is None


def test_whoever_may_make_links_to_it_turns_one_off_once(acme: Acme) -> None:
    link = link_to(acme)
    with scope(acme.tenant_id):
        revoked = revoke_link(acme.alice, link.pk)
        again = revoke_link(acme.bob, link.pk)
    assert revoked.revoked_at == again.revoked_at is not None
    (event,) = trail(acme.tenant_id, Event.LINK_REVOKED)
    assert event["actor"]["user"] == str(acme.alice.user_id)


def test_a_link_that_is_none_is_not_found(acme: Acme) -> None:
    with scope(acme.tenant_id), pytest.raises(NotFound):
        revoke_link(acme.alice, uuid7())


def test_links_are_listed_the_newest_first(acme: Acme) -> None:
    made = [link_to(acme, label=str(number)) for number in range(3)]
    with scope(acme.tenant_id):
        held = fetch_document(acme.bob, acme.contract.pk)
        assert [link.pk for link in links_of(held)] == [link.pk for link in reversed(made)]


def test_a_guest_who_may_edit_makes_a_link(acme: Acme) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.EDIT)
    assert link_to(acme, by=acme.dan).issuer_id == acme.dan.user_id


def test_the_database_knows_no_link_without_an_end_or_of_two_tenants(
    acme: Acme, rival: Rival
) -> None:
    now = timezone.now()
    facts = {"tenant_id": rival.tenant_id, "issuer_id": rival.mallory.user_id}
    with scope(rival.tenant_id):
        for ends in (None, now - timedelta(days=1)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Link.objects.create(document_id=acme.contract.pk, expires_at=ends, **facts)
        with pytest.raises(IntegrityError, match="same_tenant"), transaction.atomic():
            end = now + timedelta(days=1)
            Link.objects.create(document_id=acme.contract.pk, expires_at=end, **facts)
            connection.check_constraints()
