from django.db import models


class Counter(models.Model):
    """A number or a small value that may be lost: limits, locks, what the cache keeps.

    The table is UNLOGGED: quick to write, and empty after a crash of the database.
    """

    key = models.TextField(primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.key
