"""Upload: from a request's first byte to a document.

    [tx] the folder is open for edit; room is reserved
    per file, as the form is read:
        [tx] a blob's row: the intent comes before the bytes
             bytes to a file of their own, hashed as they come
             checked, synced, moved to the key
        [tx] stored; version, document; settled; recorded
    [tx] what is left of the room is given back

No transaction is open while bytes move. A crash leaves a row in `receiving` and a reservation,
which the sweep ends after their lease.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.ids import uuid7
from tenants.actor import Member
from tenants.errors import Refused
from tenants.models import Policy
from tenants.scoping import scope
from vault import quota
from vault.errors import Empty, StorageAway, TooLarge, Unfinished
from vault.failpoints import reach
from vault.flows.filing import Checked, IntoFolder, OnConflict, Target
from vault.models import Blob, Document, Reservation
from vault.names import DisplayName
from vault.scanning import check_picture, identify
from vault.storage import vault_storage
from vault.storage.incoming import Incoming
from vault.storage.keys import blob_key

LARGEST: Final = 10**15  # bytes of one request, far below what a counter holds


@dataclass(slots=True)
class Arrival:
    """One file of a request: on its way, then filed or refused."""

    blob_id: UUID
    key: str
    raw_name: str
    incoming: Incoming
    is_settled: bool = False  # filed, or discarded

    @property
    def size(self) -> int:
        return self.incoming.size


@dataclass(slots=True)
class Intake:
    """An upload that has its folder and its room."""

    actor: Member
    target: Target
    reservation: Reservation
    policy: Policy
    arrivals: list[Arrival] = field(default_factory=list)

    def begin(self, raw_name: str) -> Arrival:
        """A file starts: its row is written before its bytes. Raises `Unfinished` if swept."""
        blob_id = uuid7()
        key = blob_key(self.actor.tenant_id, self.actor.user_id, blob_id, at=timezone.now())
        with scope(self.actor.tenant_id):
            room = Reservation.objects.select_for_update().filter(pk=self.reservation.pk)
            if room.first() is None:
                raise Unfinished
            Blob.objects.create(
                pk=blob_id,
                tenant_id=self.actor.tenant_id,
                owner_id=self.actor.user_id,
                file=key,
                reservation=self.reservation,
            )
        give_back_the_connection()
        reach("upload.intent")
        most = min(self.policy.max_file_size, self.reservation.size)
        try:
            incoming = vault_storage().receive(blob_id, most=most)
        except OSError as error:
            raise StorageAway from error
        arrival = Arrival(blob_id, key, raw_name, incoming)
        self.arrivals.append(arrival)
        return arrival

    def file(self, arrival: Arrival, *, name: str = "", on_conflict: OnConflict) -> Document:
        """Check a file that has come whole, keep it, and file it. Raises what refuses it."""
        try:
            checked = self.judge(arrival, DisplayName(name or arrival.raw_name))
            reach("upload.checked")
            arrival.incoming.finish()
            reach("upload.synced")
            vault_storage().keep(arrival.incoming, arrival.key)
            reach("upload.kept")
            with scope(self.actor.tenant_id):
                document = self.target.file(self.actor, self.reservation, checked, on_conflict)
        except OSError as error:
            self.discard(arrival)
            # A file that is gone: its lease was over, and the sweep was here.
            gone = isinstance(error, FileNotFoundError)
            raise (Unfinished if gone else StorageAway) from error
        except Refused:
            self.discard(arrival)
            raise
        arrival.is_settled = True
        reach("upload.filed")
        return document

    def judge(self, arrival: Arrival, name: DisplayName) -> Checked:
        incoming = arrival.incoming
        if incoming.is_too_large:
            raise TooLarge(size=incoming.size, most=self.policy.max_file_size)
        if incoming.size == 0:
            raise Empty
        incoming.flush()
        kind = identify(incoming.path, name, allowed=frozenset(self.policy.file_types))
        if kind.is_picture:
            check_picture(incoming.path, most_pixels=settings.MAX_PICTURE_PIXELS)
        return Checked(arrival.blob_id, name, incoming.size, incoming.sha256, kind.served)

    def discard(self, arrival: Arrival) -> None:
        """Leave nothing of a file: its bytes go first, its row after them."""
        if arrival.is_settled:
            return
        arrival.incoming.abandon()
        vault_storage().discard(arrival.blob_id, arrival.key)
        with scope(self.actor.tenant_id):
            Blob.objects.filter(pk=arrival.blob_id, state="receiving").delete()
        arrival.is_settled = True


def receiving(actor: Member, folder_id: UUID, *, length: int) -> AbstractContextManager[Intake]:
    """Into a folder: see `receiving_at`."""
    return receiving_at(actor, IntoFolder(folder_id), length=length)


@contextmanager
def receiving_at(actor: Member, target: Target, *, length: int) -> Iterator[Intake]:
    """Room for a request of `length` bytes; whatever is not filed leaves nothing.

    Raises `NotFound`, `TooWeak`, `TooLarge`, `QuotaExceeded`.
    """
    with scope(actor.tenant_id):
        target.authorise(actor)
        policy = Policy.objects.get()
        if length > LARGEST:
            raise TooLarge(size=length, most=policy.max_file_size)
        reservation = quota.reserve(actor.tenant_id, actor.user_id, length)
    give_back_the_connection()
    reach("upload.reserved")
    intake = Intake(actor, target, reservation, policy)
    try:
        yield intake
    finally:
        for arrival in intake.arrivals:
            intake.discard(arrival)
        with scope(actor.tenant_id):
            # A file that the storage did not take in has a row alone.
            Blob.objects.filter(reservation=reservation, state="receiving").delete()
            quota.release(reservation.pk)
        reach("upload.released")


def give_back_the_connection() -> None:
    """No connection waits for a person's line. Inside somebody's transaction it stays."""
    if not connection.in_atomic_block:
        connection.close()
