"""What is kept of a person's comings and goings: source:subject:what happened."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Event(TextChoices):
    SIGNED_UP = "accounts:account:signed-up", _("Signed up")
    SIGNED_IN = "accounts:session:signed-in", _("Signed in")
    SIGN_IN_FAILED = "accounts:session:sign-in-failed", _("Sign-in failed")
    SIGNED_OUT = "accounts:session:signed-out", _("Signed out")
    ADDRESS_VERIFIED = "accounts:address:verified", _("E-mail address verified")
    PASSWORD_CHANGED = "accounts:password:changed", _("Password changed")
    PASSWORD_RESET = "accounts:password:reset", _("Password reset")
