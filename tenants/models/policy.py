from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tenants.models.organisation import TenantOwned

GIBIBYTE = 1024**3
OFFICE_FILES = [
    *("pdf", "png", "jpg", "gif", "webp", "tif", "heic", "txt", "csv", "md", "rtf", "eml", "xml"),
    *("docx", "xlsx", "pptx", "odt", "ods", "odp", "json", "zip"),
]


def office_files() -> list[str]:
    return list(OFFICE_FILES)


class Policy(TenantOwned):
    """What an organisation allows: one row each."""

    file_types = ArrayField(models.CharField(max_length=8), default=office_files)  # extensions
    max_file_size = models.BigIntegerField(default=2 * GIBIBYTE)  # bytes
    trash_days = models.PositiveSmallIntegerField(default=30)
    link_days_default = models.PositiveSmallIntegerField(default=7)
    link_days_max = models.PositiveSmallIntegerField(default=90)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="one_policy_per_tenant"),
            models.CheckConstraint(
                condition=Q(link_days_default__gte=1, link_days_default__lte=F("link_days_max")),
                name="a_link_ends_by_default_before_it_must",
            ),
            models.CheckConstraint(condition=Q(max_file_size__gte=1), name="files_may_have_bytes"),
        ]

    def __str__(self) -> str:
        return f"Policy of {self.tenant_id}"
