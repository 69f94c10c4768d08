from django.conf import settings
from django.db import models
from django.utils import timezone


class Session(models.Model):
    """One browser that came. The row holds the digest of the key, so that it opens nothing."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="sessions",
    )
    session_data = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen = models.DateTimeField(default=timezone.now, editable=False)
    expire_date = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest[:8]
