from django.db import models

from tenants.models.membership import Membership
from tenants.models.organisation import TenantOwned


class ApiToken(TenantOwned):
    """A member's key for programs. Its secret is shown once; the row has its digest.

    The scope is a ceiling: through this token, every key of the member counts as at most that.
    """

    class Scope(models.TextChoices):
        PREVIEW = "preview"
        READ = "read"
        EDIT = "edit"
        MANAGE = "manage"

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="+", db_constraint=False
    )
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    scope = models.CharField(max_length=8, choices=Scope)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "membership"], name="tokens_of_a_member")]

    def __str__(self) -> str:
        return self.name
