"""The ledger's verbs. All sizes are bytes.

Order of locks: the organisation's row, then the person's. A level without a row is unlimited
and gets one when it is first counted.
"""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from vault.errors import OrganisationIsFull, PersonIsFull
from vault.models import Reservation, Usage, UsageEntry

LEVELS = ((OrganisationIsFull, None), (PersonIsFull, "person"))
COUNT = """
    INSERT INTO vault_usage AS usage (id, tenant_id, user_id, stored, reserved)
    VALUES (gen_random_uuid(), %(tenant)s, %(user)s, 0, 0)
    ON CONFLICT (tenant_id, user_id) DO NOTHING
"""
TAKE = """
    UPDATE vault_usage SET reserved = reserved + %(n)s
    WHERE tenant_id = %(tenant)s AND user_id IS NOT DISTINCT FROM %(user)s
      AND ("limit" IS NULL OR stored + reserved + %(n)s <= "limit")
"""
MOVE = """
    UPDATE vault_usage SET stored = stored + %(stored)s, reserved = reserved + %(reserved)s
    WHERE tenant_id = %(tenant)s AND user_id IS NOT DISTINCT FROM %(user)s
"""


class LedgerBroken(RuntimeError):
    """More would be settled than was reserved, or a level that was counted is not there."""


@transaction.atomic
def reserve(tenant_id: UUID, user_id: UUID, size: int) -> Reservation:
    """Promise room. Raises `OrganisationIsFull` or `PersonIsFull`, which say what is left."""
    for refusal, level in LEVELS:
        user = user_id if level else None
        if not take(tenant_id, user, size):
            usage = Usage.objects.of(user).get()
            limit = usage.limit or 0
            left = max(limit - usage.stored - usage.reserved, 0)
            raise refusal(needed=size, left=left, limit=limit)
    reservation = Reservation.objects.create(
        tenant_id=tenant_id, user_id=user_id, size=size, left=size
    )
    write(reservation, UsageEntry.Kind.RESERVED, size)
    return reservation


@transaction.atomic
def settle(reservation: Reservation, blob_id: UUID, size: int) -> None:
    """Turn promised room into stored bytes of a blob; a second time does nothing."""
    if UsageEntry.objects.filter(blob=blob_id, kind=UsageEntry.Kind.STORED).exists():
        return
    taken = Reservation.objects.filter(pk=reservation.pk, left__gte=size).update(
        left=F("left") - size
    )
    if not taken:
        raise LedgerBroken(f"{size} bytes of {reservation.pk}")
    write(reservation, UsageEntry.Kind.STORED, size, blob=blob_id)
    move(reservation.tenant_id, reservation.user_id, stored=size, reserved=-size)


@transaction.atomic
def release(reservation_id: UUID) -> int:
    """Give back what is left of a promise and end it; a second time does nothing."""
    reservation = Reservation.objects.select_for_update().filter(pk=reservation_id).first()
    if reservation is None:
        return 0
    left = reservation.left
    write(reservation, UsageEntry.Kind.RELEASED, left)
    move(reservation.tenant_id, reservation.user_id, stored=0, reserved=-left)
    reservation.delete()
    return left


@transaction.atomic
def free(tenant_id: UUID, user_id: UUID, blob_id: UUID, size: int) -> None:
    """Give back the room of a blob whose bytes are gone; a second time does nothing."""
    if UsageEntry.objects.filter(blob=blob_id, kind=UsageEntry.Kind.FREED).exists():
        return
    UsageEntry.objects.create(
        tenant_id=tenant_id, user=user_id, kind=UsageEntry.Kind.FREED, size=size, blob=blob_id
    )
    move(tenant_id, user_id, stored=-size, reserved=0)


def set_limit(tenant_id: UUID, user_id: UUID | None, limit: int | None) -> int | None:
    """Set a level's limit, and answer the one before. It may lie below what is stored."""
    count(tenant_id, user_id)
    usage = Usage.objects.select_for_update().of(user_id).get()
    before, usage.limit = usage.limit, limit
    usage.save(update_fields=["limit"])
    return before


def take(tenant_id: UUID, user_id: UUID | None, size: int) -> bool:
    values = {"tenant": tenant_id, "user": user_id, "n": size}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        if cursor.rowcount == 0:
            cursor.execute(COUNT, values)
            cursor.execute(TAKE, values)
        return bool(cursor.rowcount == 1)


def count(tenant_id: UUID, user_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"tenant": tenant_id, "user": user_id})


def move(tenant_id: UUID, user_id: UUID, *, stored: int, reserved: int) -> None:
    for user in (None, user_id):
        with connection.cursor() as cursor:
            cursor.execute(
                MOVE, {"tenant": tenant_id, "user": user, "stored": stored, "reserved": reserved}
            )
            if cursor.rowcount != 1:
                raise LedgerBroken(f"no usage row for {user or tenant_id}")


def write(
    reservation: Reservation, kind: UsageEntry.Kind, size: int, *, blob: UUID | None = None
) -> None:
    UsageEntry.objects.create(
        tenant_id=reservation.tenant_id,
        user=reservation.user_id,
        kind=kind,
        size=size,
        reservation=reservation.pk,
        blob=blob,
    )
