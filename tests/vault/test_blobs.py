"""A blob's life: the database refuses every step that the table does not name."""

from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.ids import uuid7
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, pdf, put
from tests.vault.scene import trail
from vault.errors import NotServed
from vault.events import Event
from vault.flows.download import download
from vault.models import SERVED, TRANSITIONS, Blob, BlobState, Document, Reservation, Version
from vault.storage.keys import blob_key

STATES = [state.value for state in BlobState]
WHOLE = {"size": 7, "sha256": b"\1" * 32}


def blob_in(acme: Acme, state: str, **changes: Any) -> Blob:
    """A row that begins in a state; only its later steps are watched."""
    blob_id = uuid7()
    key = blob_key(acme.tenant_id, acme.alice.user_id, blob_id, at=timezone.now())
    return Blob.objects.create(
        pk=blob_id,
        tenant_id=acme.tenant_id,
        owner_id=acme.alice.user_id,
        state=state,
        media_type="application/pdf",
        **{"file": key, **({} if state == "receiving" else WHOLE), **changes},
    )


@pytest.mark.parametrize("before", STATES)
def test_a_blob_goes_where_the_table_says_and_nowhere_else(in_acme: Acme, before: str) -> None:
    for after in STATES:
        blob = blob_in(in_acme, before)
        facts = WHOLE if before == "receiving" else {}
        allowed = after == before or (before, after) in TRANSITIONS
        try:
            with transaction.atomic():
                step = {"state": after, **(facts if after != "receiving" else {})}
                Blob.objects.filter(pk=blob.pk).update(**step)
        except IntegrityError as error:
            assert not allowed, (before, after)
            assert f"a blob does not go from {before} to {after}" in str(error)
        else:
            assert allowed, (before, after)


def test_the_trigger_holds_the_very_pairs_of_the_table(in_acme: Acme) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'vault_blob_states'")
        (source,) = cursor.fetchone()
    named = {pair for pair in product(STATES, STATES) if str(pair) in source.replace('"', "'")}
    assert named == TRANSITIONS


def test_a_blob_that_has_come_never_changes(in_acme: Acme) -> None:
    another: dict[str, Any] = {
        "size": 8,
        "sha256": b"\2" * 32,
        "file": "another",
        "owner_id": in_acme.bob.user_id,
    }
    for state in sorted(set(STATES) - {"receiving"}):
        blob = blob_in(in_acme, state)
        for name, value in another.items():
            with pytest.raises(IntegrityError, match="a blob never changes"), transaction.atomic():
                Blob.objects.filter(pk=blob.pk).update(**{name: value})


BROKEN_ROWS = {
    "a size while it is on its way": {"state": "receiving", "size": 7},
    "a digest while it is on its way": {"state": "receiving", "sha256": b"\1" * 32},
    "no size when it has come": {"state": "stored", "size": None},
    "no digest when it has come": {"state": "clean", "sha256": None},
    "no byte at all": {"state": "stored", "size": 0},
}


@pytest.mark.parametrize("facts", BROKEN_ROWS.values(), ids=BROKEN_ROWS.keys())
def test_a_row_says_of_its_bytes_what_it_can_know(in_acme: Acme, facts: dict[str, Any]) -> None:
    state = str(facts["state"])
    changes = {name: value for name, value in facts.items() if name != "state"}
    with pytest.raises(IntegrityError, match="a_stored_blob_has_size"), transaction.atomic():
        blob_in(in_acme, state, **changes)


def test_only_arriving_blobs_hold_a_reservation(in_acme: Acme) -> None:
    room = Reservation.objects.create(
        tenant_id=in_acme.tenant_id, user_id=in_acme.alice.user_id, size=9, left=9
    )
    blob_in(in_acme, "receiving", reservation=room)
    with pytest.raises(IntegrityError, match="only_arriving_blobs"), transaction.atomic():
        blob_in(in_acme, "stored", reservation=room)


def test_a_key_belongs_to_one_blob(in_acme: Acme) -> None:
    blob = blob_in(in_acme, "stored")
    with pytest.raises(IntegrityError, match="one_blob_per_key"), transaction.atomic():
        blob_in(in_acme, "stored", file=blob.file.name)


def now_in(acme: Acme, state: str) -> Document:
    """A document whose newest version lies in a blob of this state."""
    with scope(acme.tenant_id):
        blob = blob_in(acme, state)
        document = Document.objects.get(pk=acme.contract.pk)
        document.current = Version.objects.create(
            tenant_id=acme.tenant_id, document=document, number=2, blob=blob
        )
        document.save(update_fields=["current"])
        return document


@pytest.mark.parametrize("state", STATES)
def test_only_checked_bytes_are_served(acme: Acme, state: str) -> None:
    document = now_in(acme, state)
    with scope(acme.tenant_id):
        if state in SERVED:
            assert download(acme.carol, document.pk).size == 7
            return
        with pytest.raises(NotServed):
            download(acme.carol, document.pk)
    assert trail(acme.tenant_id, Event.DOCUMENT_DOWNLOADED) == []


def test_what_is_not_served_says_so_to_people_and_programs(acme: Acme) -> None:
    now_in(acme, "infected")
    client, url = signed_in(acme.carol), f"/o/{acme.slug}/d/{acme.contract.pk}/content/"
    page = client.get(url)
    assert page.status_code == 409
    assert "This document can&#x27;t be opened yet" in page.content.decode()
    told = client.get(url, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (409, "not_served")


def test_the_states_that_are_served_are_those_of_a_check_that_is_over() -> None:
    assert {"clean", "unscanned"} == SERVED


def test_an_upload_is_unscanned_while_there_is_no_scanner(acme: Acme) -> None:
    document = put(acme.bob, acme.folder.pk, "a.pdf", pdf("a"))
    answer = signed_in(acme.carol).get(f"/o/{acme.slug}/d/{document.pk}/content/")
    assert body(answer) == pdf("a")
    page = signed_in(acme.carol).get(f"/o/{acme.slug}/d/{document.pk}/")
    assert "Not checked for malware" in page.content.decode()
