"""Ending what a crash left, uploads whose lease is over; and going on with jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from accounts import counters
from accounts.sessions import SessionStore
from tenants.actor import System
from tenants.audit import record
from tenants.models import Organisation
from tenants.scoping import scope
from vault import quota
from vault.events import Event
from vault.flows.ask import forget_old_requests
from vault.flows.carry_on import take_up_jobs
from vault.flows.purge import purge_overdue, warn_of_purge
from vault.flows.visit import forget_old_visits
from vault.models import Blob, Reservation
from vault.storage import vault_storage


@dataclass(frozen=True, slots=True)
class Swept:
    blobs: int = 0
    reservations: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(self.blobs + other.blobs, self.reservations + other.reservations)


@task
def sweep_later() -> None:
    sweep()
    warn_of_purge()
    purge_overdue()
    SessionStore.clear_expired()
    counters.sweep()


def sweep(*, lease: timedelta | None = None) -> Swept:
    """All organisations, one after the other. A lease of zero ends every upload there is."""
    lease = timedelta(seconds=settings.UPLOAD_LEASE_SECONDS) if lease is None else lease
    before = timezone.now() - lease
    tenants = Organisation.objects.values_list("pk", flat=True)
    return sum((sweep_tenant(tenant, before) for tenant in tenants), Swept())


def sweep_tenant(tenant_id: UUID, before: datetime) -> Swept:
    with scope(tenant_id):
        forget_old_visits()
        forget_old_requests()
        take_up_jobs()
        blobs = list(
            Blob.objects.filter(state="receiving", created_at__lte=before).values_list(
                "pk", flat=True
            )
        )
        reservations = list(Reservation.objects.filter(created_at__lte=before))
    swept = sum(discard(tenant_id, blob) for blob in blobs)
    return Swept(swept, sum(end(reservation) for reservation in reservations))


def discard(tenant_id: UUID, blob_id: UUID) -> bool:
    """Bytes first, then the row, under its lock: filing it meanwhile finds it gone, or done."""
    with scope(tenant_id):
        blob = (
            Blob.objects.select_for_update(skip_locked=True)
            .filter(pk=blob_id, state="receiving")
            .first()
        )
        if blob is None:
            return False
        vault_storage().discard(blob.pk, blob.key)
        blob.delete()
        return True


def end(reservation: Reservation) -> bool:
    """An upload that still holds a blob keeps its reservation until that is swept, too.

    Under the row's lock: a file that begins meanwhile finds it gone, or is found.
    """
    with scope(reservation.tenant_id):
        row = Reservation.objects.select_for_update().filter(pk=reservation.pk).first()
        if row is None or Blob.objects.filter(reservation=row).exists():
            return False
        left = quota.release(row.pk)
        actor = System(row.tenant_id, "sweep")
        record(actor, Event.UPLOAD_SWEPT, None, reservation=row.pk, released=left)
        return True
