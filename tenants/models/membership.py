from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.models.organisation import TenantOwned
from tenants.models.period import Period


class MembershipRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MEMBER = "member", _("Member")
    GUEST = "guest", _("Guest")


class Mails(models.TextChoices):
    """When a member hears by mail of what they are notified of."""

    AT_ONCE = "at-once", _("At once")
    DAILY = "daily", _("Once a day, together")
    OFF = "off", _("Never")


class Membership(TenantOwned):
    """A person's seat in an organisation. Ending it ends all that it gave, by the keys to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=MembershipRole)
    mails = models.CharField(max_length=8, choices=Mails, default=Mails.AT_ONCE)
    joined_at = models.DateTimeField(auto_now_add=True)

    # Seen by their own user while no tenant is in scope: for the switcher (`as_user`).
    seats: models.Manager["Membership"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="one_membership_per_tenant"),
        ]
        indexes = [
            # Few of many: asked for with every list.
            models.Index(
                fields=["tenant", "user"],
                include=["id", "role"],
                condition=~models.Q(role=MembershipRole.MEMBER),
                name="who_is_no_plain_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.tenant_id}"


class MembershipPeriod(Period):
    user_id = models.UUIDField()
    role = models.CharField(max_length=8)

    class Meta(Period.Meta):
        pass
