from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.events import Event


class AccountEvent(models.Model):
    """What happened to an account. The application may add rows and forget who, no more."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="events",
        db_index=False,
    )
    kind = models.CharField(max_length=64, choices=Event, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    ip = models.GenericIPAddressField(null=True, editable=False)
    user_agent = models.CharField(max_length=200, editable=False)
    request_id = models.CharField(max_length=64, editable=False)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="events_of_a_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
