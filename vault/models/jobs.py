"""Acts on many things: what was asked for, how far it is, and what was refused of it."""

from typing import Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.models import ApiToken, Membership, TenantOwned


class BulkAct(models.TextChoices):
    TRASH = "trash", _("Moving to the trash")
    MOVE = "move", _("Moving")
    GRANT = "grant", _("Giving access")


class JobState(models.TextChoices):
    """`waiting -> running -> done | stopped | broken`."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    BROKEN = "broken", _("Broken off")


OPEN: Final = (JobState.WAITING, JobState.RUNNING)


class Job(TenantOwned):
    """One act on many folders and documents, which were settled when it was asked for.

    It ends with the seat of whoever asked for it, and with the token that it was asked by.
    """

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    token = models.ForeignKey(
        ApiToken, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    act = models.CharField(max_length=8, choices=BulkAct)
    # Where to; or a key for whom, of which role, until when. By id: each may be gone by then.
    target = models.UUIDField(null=True)
    principal_kind = models.CharField(max_length=4, blank=True)
    principal = models.UUIDField(null=True)
    role = models.CharField(max_length=8, blank=True)
    until = models.DateTimeField(null=True)

    folders = ArrayField(models.UUIDField(), default=list)  # those above before those beneath
    documents = ArrayField(models.UUIDField(), default=list)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)  # folders first, then documents; refused or not
    failed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    trashing = models.UUIDField(null=True)  # the one act in the trash
    tries = models.PositiveSmallIntegerField(default=0)  # taken up again, without getting on
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(act="move") | Q(target__isnull=False), name="a_move_has_a_target"
            ),
            models.CheckConstraint(
                condition=~Q(act="grant") | (Q(principal__isnull=False) & ~Q(role="")),
                name="a_grant_has_a_principal_and_a_role",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total"), failed__lte=models.F("done")),
                name="a_job_does_what_was_asked_and_no_more",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "membership", "-created_at"], name="jobs_of_a_member"),
            models.Index(
                fields=["tenant", "touched_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="jobs_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.total}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def went(self) -> int:
        return self.done - self.failed

    def following(self, most: int) -> list[tuple[str, UUID]]:
        """What comes next, of each its kind and id."""
        rest = self.folders[self.done :][:most]
        first = max(self.done - len(self.folders), 0)
        documents = self.documents[first:][: most - len(rest)]
        return [*(("folder", pk) for pk in rest), *(("document", pk) for pk in documents)]


class JobFailure(TenantOwned):
    """One thing that the act was refused on. By id: its name is for who may see it."""

    job = models.ForeignKey(
        Job, models.CASCADE, related_name="failures", db_constraint=False, db_index=False
    )
    place = models.PositiveIntegerField()  # among what was chosen
    kind = models.CharField(max_length=8)
    node = models.UUIDField()
    code = models.CharField(max_length=40)
    words = models.CharField(max_length=300)  # as whoever asked was to read them

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "job", "place"], name="one_verdict_per_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.node}: {self.code}"
