"""Links to outsiders, and the downloads that began through them."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tenants.models import TenantOwned
from tenants.scoping import ask
from vault.models import Document, FolderClosure, Version, array
from vault.rights.links import LiveLink

LINKED: Final = """
    SELECT DISTINCT document_id FROM sharing_link
    WHERE document_id = ANY(%(documents)s::uuid[]) AND revoked_at IS NULL AND expires_at > %(now)s
"""


class Link(TenantOwned):
    """A way in for whoever holds its token, until it ends. Never without an end."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    # The version that it was made for; none where it serves the newest.
    version = models.ForeignKey(
        Version, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    issuer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    generation = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "document", "-created_at"], name="links_of_a_document"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="a_link_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.pk)


class DownloadSession(TenantOwned):
    """One download through a link: its ticket serves any ranges until it is over."""

    link = models.ForeignKey(
        Link, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    version = models.ForeignKey(Version, models.CASCADE, related_name="+", db_constraint=False)
    started_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "link"], name="sessions_of_a_link")]

    def __str__(self) -> str:
        return str(self.pk)


def with_open_links(documents: Collection[UUID]) -> set[UUID]:
    """Which of these documents a live link leads to: for the badge on their rows."""
    values = {"documents": array(documents), "now": timezone.now()}
    return {document for (document,) in ask(LINKED, values)}


def links_from(folders: Collection[UUID], documents: Collection[UUID]) -> list[LiveLink]:
    """The live links to these documents, and to those in these folders and beneath them."""
    beneath = FolderClosure.objects.filter(ancestor__in=folders).values("descendant_id")
    there = Q(document__in=documents) | Q(document__folder__in=beneath)
    return [
        LiveLink(link.pk, link.document_id, link.issuer_id, link.label, link.expires_at)
        for link in live()
        .filter(there, document__trashed__isnull=True, issuer__is_active=True)
        .order_by("pk")
    ]


def live() -> models.QuerySet[Link]:
    return Link.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
