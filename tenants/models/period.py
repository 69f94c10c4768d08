from typing import ClassVar, Self

from django.db import models

from tenants.models.organisation import Organisation
from tenants.scoping import ScopedManager


class Period(models.Model):
    """One state of one row, from a moment (inclusive) to another (exclusive, empty for now).

    Written by the triggers of `KeepPeriods` alone, so that a past date has an exact answer.
    """

    tenant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    source = models.UUIDField()  # the row whose states these are
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["tenant", "source", "valid_from"], name="%(class)s_states"),
        ]

    def __str__(self) -> str:
        return f"{self.source} from {self.valid_from:%F}"
