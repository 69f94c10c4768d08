"""What one person keeps for themselves: stars, and when they last opened what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tenants.models import TenantOwned
from vault.models.nodes import Document, Folder


class Star(TenantOwned):
    """A folder or document that a person marked, to find it again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    folder = models.ForeignKey(
        Folder, models.CASCADE, null=True, related_name="stars", db_constraint=False
    )
    document = models.ForeignKey(
        Document, models.CASCADE, null=True, related_name="stars", db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "folder", "document"],
                nulls_distinct=False,
                name="one_star_per_person_and_node",
            ),
            models.CheckConstraint(
                condition=Q(folder__isnull=True) ^ Q(document__isnull=True),
                name="a_star_is_on_one_node",
            ),
        ]

    def __str__(self) -> str:
        return f"Star on {self.folder_id or self.document_id}"


class Visit(TenantOwned):
    """When a person last opened a document: one row for the two of them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    document = models.ForeignKey(
        Document, models.CASCADE, related_name="visits", db_constraint=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "document"], name="one_visit_per_person_and_document"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "user", "-at"], name="visits_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.document_id}"
