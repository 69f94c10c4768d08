"""The trail's tables. Only `tenants.audit` writes them; `tenants.trail` and
`tenants.verification` read them."""

from typing import ClassVar, Self

from django.db import models

from tenants.models.organisation import Organisation
from tenants.scoping import ScopedManager


class AuditEvent(models.Model):
    """One act, as the exact text that is hashed. The trigger numbers and hashes it at COMMIT.

    The application may insert tenant and body, and read; nobody may change or remove a row. The
    columns after the hash are for filters, since no operator of JSON is leakproof. PostgreSQL
    itself reads them out of the body (generated columns), so that the two cannot disagree:
    `actor` is a person or a link, `about` what the act was done to.
    """

    tenant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    body = models.TextField()
    seq = models.BigIntegerField(null=True)  # from 1, without gaps, in each tenant
    hash = models.BinaryField(null=True)
    at = models.DateTimeField(null=True)
    action = models.TextField(null=True)
    actor = models.UUIDField(null=True)
    about = models.UUIDField(null=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "seq"], name="one_event_per_number"),
        ]
        indexes = [
            models.Index(fields=["tenant", "about", "-seq"], name="what_was_done_to_it"),
            models.Index(fields=["tenant", "actor", "-seq"], name="what_somebody_did"),
            models.Index(fields=["tenant", "action", "-seq"], name="acts_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.seq}"


class AuditHead(models.Model):
    """The end of a tenant's chain: its row is the lock under which events are numbered."""

    tenant = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="+")
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    def __str__(self) -> str:
        return f"{self.tenant_id} ends at {self.seq}"


class AuditTrace(models.Model):
    """What an event must be able to forget: names, addresses, browsers. Erasable."""

    tenant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    event = models.UUIDField()  # the `id` in the event's body
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "event"], name="one_trace_per_event"),
        ]

    def __str__(self) -> str:
        return f"Trace of {self.event}"


class ReadCount(models.Model):
    """How often a read that stands in the trail was repeated in the minutes after it."""

    tenant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    key = models.BinaryField(max_length=32)  # digest of actor, session, action, thing
    event = models.UUIDField()
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="one_count_per_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.count} after {self.event}"
