"""The demo as people find it: what is there, who may see it, and what it takes."""

import re
from datetime import timedelta

import pytest
from django.db.models import Max, Min
from django.utils import timezone

from settings.demo.papers.suppliers import SUPPLIERS
from settings.demo.scene import play
from sharing.models import Link
from tenants.models import Notification
from tenants.scoping import scope
from tests.cast import signed_in
from tests.demo.played import organisation, person
from tests.faults.aftermath import assert_whole
from tests.services.stack import Stack
from vault.flows.search import Query, search
from vault.models import Document, DocumentUserGrant, Folder, Star, Trashing, Version, Visit
from vault.rights.keyrings import keyring_of

INVOICE = re.compile(r"(?P<month>\d{4}-\d\d) (?P<supplier>.+?) \S*\d\S*\.pdf")


def seen_by(word: str) -> set[str]:
    keyring = keyring_of(person(f"{word}@acme.example"))
    return set(Document.objects.opened_by(keyring).values_list("name", flat=True))


@pytest.mark.usefixtures("inside")
def test_forty_invoices_of_six_suppliers_lie_in_the_quarters_of_a_year() -> None:
    filed = Document.objects.filter(folder__parent__name="Invoices 2025-26")
    found = [INVOICE.match(name) for name in filed.values_list("name", flat=True)]
    assert len(found) == 40
    assert {match["month"] for match in found if match} == {
        *(f"2025-{month}" for month in (10, 11, 12)),
        *(f"2026-{month:02d}" for month in range(1, 10)),
    }
    names = [supplier.name for supplier in SUPPLIERS]
    assert {next(n for n in names if n in match[0]) for match in found if match} == set(names)
    assert filed.values("folder").distinct().count() == 4


@pytest.mark.usefixtures("inside")
def test_contracts_have_versions_and_descriptions() -> None:
    contracts = Document.objects.filter(folder__name="Contracts")
    newest = contracts.annotate(last=Max("versions__number")).values_list("last", flat=True)
    assert sorted(newest) == [1, 1, 1, 2, 3]
    assert contracts.exclude(description="").count() == 3


@pytest.mark.usefixtures("inside")
def test_links_live_with_different_ends_or_are_over() -> None:
    now = timezone.now()
    live = Link.objects.filter(revoked_at__isnull=True, expires_at__gt=now)
    assert live.count() == live.exclude(label="").values("expires_at").distinct().count() == 5
    assert live.filter(downloads__gt=0).exists()
    assert Link.objects.filter(revoked_at__isnull=True, expires_at__lte=now).count() == 1
    assert Link.objects.filter(revoked_at__isnull=False).count() == 1


@pytest.mark.usefixtures("inside")
def test_walls_and_homes_keep_papers_from_others() -> None:
    walled = Folder.objects.filter(restricted=True, home_of__isnull=True)
    assert set(walled.values_list("name", flat=True)) == {"Board", "Invoices 2025-26", "Payroll"}
    assert Folder.objects.filter(home_of__isnull=False, documents__isnull=False).count() == 3
    bob, carol = seen_by("bob"), seen_by("carol")
    assert "Wages 2025-26.csv" in carol - bob
    assert "Offer for backup storage.txt" in bob - carol
    assert bob & carol >= {"Suppliers.csv", "2026-03 Northwind Paper NP-0031.pdf"}


@pytest.mark.usefixtures("inside")
def test_the_guest_sees_one_document_for_a_month() -> None:
    assert seen_by("dan") == {"Lease 12 Harbour Street.pdf"}
    until = DocumentUserGrant.objects.get(user_id=person("dan@acme.example").user_id).expires_at
    assert until is not None
    assert timedelta(days=29) < until - timezone.now() <= timedelta(days=30)


@pytest.mark.usefixtures("inside")
def test_it_has_a_past() -> None:
    span = Version.objects.aggregate(first=Min("created_at"), last=Max("created_at"))
    assert span["last"] - span["first"] > timedelta(days=330)
    assert span["last"] <= timezone.now()
    lease = Document.objects.get(name="Lease 12 Harbour Street.pdf")
    dates = list(lease.versions.order_by("number").values_list("created_at", flat=True))
    assert (lease.created_at, lease.changed_at) == (dates[0], dates[-1])


@pytest.mark.usefixtures("inside")
def test_people_have_been_here() -> None:
    assert set(Trashing.objects.values_list("kind", flat=True)) == {"document", "folder"}
    for rows in (Star, Visit, Notification):
        assert rows.objects.filter(user_id=person("alice@acme.example").user_id).exists()


def test_a_second_time_it_does_nothing(demo: Stack) -> None:
    acme = organisation("acme").pk
    with scope(acme):
        before = set(Document.with_trash.values_list("pk", "changed_at"))
    assert play() is False
    with scope(acme):
        assert set(Document.with_trash.values_list("pk", "changed_at")) == before


def test_the_rival_sees_nothing_of_it(demo: Stack) -> None:
    with scope(organisation("acme").pk):
        papers = list(Document.objects.values_list("pk", "name"))
    with scope(organisation("rival").pk):
        mallory, alice = person("mallory@rival.example"), person("alice@acme.example")
        for somebody in (mallory, alice):
            seen = {row.document.name for row in search(somebody, Query()).documents}
            assert seen
            assert seen.isdisjoint({name for _, name in papers})
    client = signed_in(mallory)
    assert client.get("/o/acme/files/").status_code == 404
    for paper, _ in papers[:3]:
        assert client.get(f"/o/acme/d/{paper}/").status_code == 404
        assert client.get(f"/o/rival/d/{paper}/").status_code == 404


@pytest.mark.parametrize("slug", ["acme", "rival"])
def test_rows_bytes_room_and_trail_agree(demo: Stack, slug: str) -> None:
    assert_whole(demo, organisation(slug).pk)
