"""The ledger of room: what may be stored, what is, and what is promised to uploads."""

from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from tenants.models import TenantOwned
from tenants.scoping import ScopedManager


class UsageQuerySet(models.QuerySet["Usage"]):
    def of(self, user_id: UUID | None) -> Self:
        """The organisation's own row (none), or that of one of its members."""
        return self.filter(user_id=user_id) if user_id else self.filter(user__isnull=True)


UsageManager = ScopedManager.from_queryset(UsageQuerySet)


class Usage(TenantOwned):
    """Counters of an organisation (no user) or of one of its members. All in bytes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    limit = models.BigIntegerField(null=True)  # none: unlimited
    stored = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)

    objects: ClassVar["UsageManager[Self]"] = UsageManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user"], nulls_distinct=False, name="one_usage_per_level"
            ),
            models.CheckConstraint(
                condition=Q(stored__gte=0, reserved__gte=0), name="usage_is_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(limit__isnull=True) | Q(limit__gte=0), name="limits_are_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stored} + {self.reserved} of {self.limit}"


class Reservation(TenantOwned):
    """Room promised to one upload. `left` shrinks as its files are filed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    left = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0, left__lte=models.F("size")),
                name="no_more_is_left_than_was_reserved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} of {self.size}"


class UsageEntry(TenantOwned):
    """One line of the ledger. Lines are added, and never changed or removed."""

    class Kind(models.TextChoices):
        RESERVED = "reserved"
        STORED = "stored"
        RELEASED = "released"
        FREED = "freed"
        CORRECTED = "corrected"

    user = models.UUIDField()  # a line outlives the person's account
    kind = models.CharField(max_length=10, choices=Kind)
    size = models.BigIntegerField()
    reservation = models.UUIDField(null=True)
    blob = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "blob", "kind"],
                condition=Q(kind__in=["stored", "freed"]),
                name="a_blob_is_counted_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "reservation", "kind"],
                condition=Q(kind__in=["reserved", "released"]),
                name="a_reservation_begins_and_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.size}"
