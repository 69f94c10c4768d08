"""What members ask for: a role on a folder or document, whether there is one or not."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.models import TenantOwned
from tenants.scoping import ScopedManager
from vault.access import Role

LONGEST_NOTE: Final = 500  # characters
LASTS: Final = timedelta(days=30)  # for a decision

type Outcome = Literal["open", "approved", "declined", "ended"]


class RequestState(models.TextChoices):
    OPEN = "open", _("Waiting")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


class RequestQuerySet(models.QuerySet["AccessRequest"]):
    def undecided(self, now: datetime) -> Self:
        """Those that still wait for a decision."""
        return self.filter(state=RequestState.OPEN, created_at__gt=now - LASTS)


RequestManager = ScopedManager.from_queryset(RequestQuerySet)


class AccessRequest(TenantOwned):
    """One member asks for a role on one node.

    `node` is no foreign key: what is asked for may not exist, and nobody must learn of it by
    asking. Only whoever manages the node sees the request.
    """

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=[("folder", "folder"), ("document", "document")])
    node = models.UUIDField()
    role = models.CharField(max_length=8)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(default=timezone.now)  # when its managers last were
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=LONGEST_NOTE, blank=True)
    until = models.DateTimeField(null=True)  # the end of what was given

    objects: ClassVar["RequestManager[Self]"] = RequestManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "asker", "kind", "node"],
                condition=Q(state=RequestState.OPEN),
                name="one_open_request_per_person_and_node",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_at__isnull=True)
                | Q(
                    state__in=[RequestState.APPROVED, RequestState.DECLINED],
                    decided_at__isnull=False,
                ),
                name="a_request_is_open_or_decided",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.word for role in Role if role]),
                name="a_request_is_for_a_role",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["folder", "document"]),
                name="a_request_is_for_a_folder_or_document",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "-created_at", "-id"],
                condition=Q(state=RequestState.OPEN),
                name="requests_that_wait",
            ),
            models.Index(
                fields=["tenant", "asker", "-created_at", "-id"], name="requests_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} asks for {self.role} on {self.kind} {self.node}"

    @property
    def wanted(self) -> Role:
        return Role.from_word(self.role)

    @property
    def outcome(self) -> Outcome:
        """Its state, and `ended` for what nobody decided in time."""
        if self.state != RequestState.OPEN:
            return "approved" if self.state == RequestState.APPROVED else "declined"
        return "open" if self.created_at > timezone.now() - LASTS else "ended"
