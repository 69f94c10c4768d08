"""Ending what a crash left behind, and nothing else."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event as Flag

import pytest
from django.db.models import F
from pytest_django import Settings

from tenants.models import Policy
from tenants.models.audit import AuditTrace
from tenants.scoping import scope
from tests.cast import Acme, found_acme
from tests.factories import pdf, put
from tests.vault.scene import (
    Remains,
    all_at_once,
    kept_files,
    remains,
    storage_root,
    trail,
)
from vault import quota
from vault.errors import Unfinished
from vault.events import Event
from vault.flows.sweep import Swept, sweep, sweep_later
from vault.flows.upload import Intake, receiving
from vault.models import Blob, Document, Reservation
from vault.storage import vault_storage

NOW = timedelta(0)
SIZE = 5000


@pytest.fixture
def acme(acme: Acme) -> Acme:
    """Tests of crashes commit what they leave, in organisations of theirs: that goes first."""
    sweep(lease=NOW)
    return acme


def crashed(acme: Acme, *, bytes_at: str = "incoming") -> Blob:
    """What stands and lies there when the process ends in the middle of an upload."""
    with scope(acme.tenant_id):
        room = quota.reserve(acme.tenant_id, acme.bob.user_id, SIZE)
        policy = Policy.objects.get()
    arrival = Intake(acme.bob, acme.folder.pk, room, policy).begin("a.pdf")
    arrival.incoming.write(pdf())
    arrival.incoming.finish()
    if bytes_at == "key":
        vault_storage().keep(arrival.incoming, arrival.key)
    with scope(acme.tenant_id):
        return Blob.objects.get(pk=arrival.blob_id)


def age(acme: Acme, by: timedelta) -> None:
    with scope(acme.tenant_id):
        for model in (Blob, Reservation):
            model.objects.update(created_at=F("created_at") - by)


@pytest.mark.parametrize("bytes_at", ["incoming", "key"])
def test_an_upload_whose_lease_is_over_leaves_nothing(acme: Acme, bytes_at: str) -> None:
    before = remains(acme.tenant_id)
    crashed(acme, bytes_at=bytes_at)
    assert remains(acme.tenant_id).usage[acme.bob.user_id] == (0, SIZE)
    assert len(kept_files()) == len(before.files) + 1
    age(acme, timedelta(hours=7))
    assert sweep() == Swept(blobs=1, reservations=1)
    assert remains(acme.tenant_id) == before
    (event,) = trail(acme.tenant_id, Event.UPLOAD_SWEPT)
    assert event["actor"] == {"kind": "system", "id": "sweep"}
    assert event["facts"]["released"] == SIZE


def test_a_younger_upload_stays(acme: Acme, settings: Settings) -> None:
    settings.UPLOAD_LEASE_SECONDS = 3600
    crashed(acme)
    age(acme, timedelta(seconds=3590))
    before = remains(acme.tenant_id)
    assert sweep() == Swept()
    assert remains(acme.tenant_id) == before
    age(acme, timedelta(seconds=20))
    assert sweep() == Swept(blobs=1, reservations=1)


def test_a_reservation_stays_as_long_as_a_younger_file_of_it(acme: Acme) -> None:
    crashed(acme)
    with scope(acme.tenant_id):
        Reservation.objects.update(created_at=F("created_at") - timedelta(hours=7))
    assert sweep() == Swept()
    assert remains(acme.tenant_id).reservations == 1
    assert trail(acme.tenant_id, Event.UPLOAD_SWEPT) == []


def test_documents_are_never_swept(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "a.pdf")
    age(acme, timedelta(days=1000))
    before = remains(acme.tenant_id)
    assert sweep(lease=NOW) == Swept()
    assert remains(acme.tenant_id) == before


def test_a_second_sweep_finds_nothing(acme: Acme) -> None:
    crashed(acme)
    assert sweep(lease=NOW) == Swept(1, 1)
    assert sweep(lease=NOW) == Swept()
    assert len(trail(acme.tenant_id, Event.UPLOAD_SWEPT)) == 1


def test_every_organisation_is_swept_and_each_trail_names_its_own(acme: Acme) -> None:
    other = found_acme()
    crashed(acme)
    crashed(other)
    assert sweep(lease=NOW) == Swept(2, 2)
    for tenant in (acme, other):
        assert remains(tenant.tenant_id).reservations == 0
        assert len(trail(tenant.tenant_id, Event.UPLOAD_SWEPT)) == 1


def test_the_task_sweeps_too(acme: Acme) -> None:
    crashed(acme)
    age(acme, timedelta(hours=7))
    sweep_later.enqueue()
    assert remains(acme.tenant_id).reservations == 0


def upload_that_is_swept(acme: Acme, moment: Callable[[], None]) -> None:
    content = pdf()
    with receiving(acme.bob, acme.folder.pk, length=len(content) + 500) as intake:
        arrival = intake.begin("a.pdf")
        arrival.incoming.write(content)
        moment()
        intake.file(arrival, on_conflict="keep_both")


def test_an_upload_that_is_swept_while_it_runs_is_unfinished(acme: Acme) -> None:
    before = remains(acme.tenant_id)
    with pytest.raises(Unfinished):
        upload_that_is_swept(acme, lambda: sweep(lease=NOW) and None)
    assert remains(acme.tenant_id) == before


def test_a_file_that_begins_after_its_room_was_swept_is_unfinished(acme: Acme) -> None:
    """The next file of a form that took longer than its lease."""
    before = remains(acme.tenant_id)
    with (
        pytest.raises(Unfinished),
        receiving(acme.bob, acme.folder.pk, length=SIZE) as intake,
    ):
        intake.begin("a.pdf")
        sweep(lease=NOW)
        intake.begin("b.pdf")
    assert remains(acme.tenant_id) == before


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("round_", range(3))
def test_filing_and_sweeping_at_once_leave_a_document_with_bytes_or_nothing(round_: int) -> None:
    acme = found_acme()
    contents = [pdf(f"{round_} {number}", size=2000 + number) for number in range(16)]
    over = Flag()

    def sweeping() -> None:
        while not over.is_set():
            sweep(lease=NOW)

    def filing() -> list[Document | BaseException]:
        try:
            return all_at_once(
                [
                    partial(put, acme.bob, acme.folder.pk, f"{number}.pdf", content)
                    for number, content in enumerate(contents)
                ]
            )
        finally:
            over.set()

    swept, outcomes = all_at_once([sweeping, filing])  # type: ignore[list-item]
    assert swept is None
    assert isinstance(outcomes, list)
    for outcome in outcomes:
        assert isinstance(outcome, Document | Unfinished), repr(outcome)
    sweep(lease=NOW)
    whole(
        acme, [o for o in outcomes if isinstance(o, Document)], contents, remains(acme.tenant_id)
    )


def whole(acme: Acme, filed: list[Document], contents: list[bytes], left: Remains) -> None:
    """Every document has its bytes, every byte a document, and the room adds up."""
    with scope(acme.tenant_id):
        blobs = list(Blob.objects.all())
        assert {d.name for d in filed} | {"contract.pdf"} == set(
            Document.objects.values_list("name", flat=True)
        )
    assert sorted(str(blob.file.name) for blob in blobs) == left.files
    for blob in blobs:
        content = (storage_root() / str(blob.file.name)).read_bytes()
        assert hashlib.sha256(content).digest() == bytes(blob.sha256 or b"")
        assert content in [*contents, pdf("contract.pdf")]
    assert left.reservations == 0
    assert left.usage[None] == (sum(blob.size or 0 for blob in blobs), 0)


def test_nothing_of_the_swept_is_named_in_the_trail(acme: Acme) -> None:
    crashed(acme)
    sweep(lease=NOW)
    (event,) = trail(acme.tenant_id, Event.UPLOAD_SWEPT)
    assert set(event["facts"]) == {"reservation", "released"}
    with scope(acme.tenant_id):
        assert AuditTrace.objects.get(event=event["id"]).name == ""
