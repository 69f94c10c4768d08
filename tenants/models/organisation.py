from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from tenants.scoping import ScopedManager
from tenants.slugs import PATTERN


class Organisation(models.Model):
    """A tenant. Its row, and no other of its rows, is seen without a scope."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=PATTERN), name="slug_is_a_dns_label"),
        ]

    def __str__(self) -> str:
        return self.name


class TenantOwned(models.Model):
    """A row of one organisation. Its table has forced row-level security (`IsolateTenant`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Every key and index starts with the tenant, so the column needs no index of its own.
    tenant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
