from django.conf import settings
from django.db import models

from tenants.models.organisation import TenantOwned


class Notification(TenantOwned):
    """What one member is told: that something was done which concerns them.

    It names what it is about by id alone. Whoever reads it is shown the name only while they may
    see the thing, so an old notification never tells more than a right of today.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=40)  # the app that wrote it has the words
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    node = models.UUIDField(null=True)  # a folder or a document
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "user", "-created_at", "-id"], name="news_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
