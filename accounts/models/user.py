from typing import Any, ClassVar, NoReturn, Self
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.names import tidy

CALLED = "coalesce(nullif(person.name, ''), person.email)"  # `str(person)`, in SQL


class Theme(models.TextChoices):
    SYSTEM = "", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(models.TextChoices):
    ROOMY = "", _("Roomy")
    COMPACT = "compact", _("Compact: more rows on the screen")


class Column(models.TextChoices):
    """What a list of documents can show beside the name."""

    EXPOSURE = "exposure", _("Who can see it")
    KIND = "kind", _("Kind")
    BY = "by", _("Changed by")
    CHANGED = "changed", _("Changed")
    SIZE = "size", _("Size")


def usual_columns() -> list[str]:
    return [column for column in Column if column != Column.KIND]


def known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, name: str = "") -> "User":
        user = self.model(email=self.normalize_email(email), name=tidy(name))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, **_fields: Any) -> NoReturn:
        raise NotImplementedError("Nobody is superuser here; use create_organisation.")

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Lower case throughout: no mailbox that people use tells a from A."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do is said by memberships and grants, never by groups here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    theme = models.CharField(_("theme"), max_length=5, blank=True, choices=Theme)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[known_zone])
    density = models.CharField(_("density"), max_length=7, blank=True, choices=Density)
    shortcuts = models.BooleanField(_("keys of one letter"), default=True)
    columns = ArrayField(
        models.CharField(max_length=8, choices=Column), default=usual_columns, blank=True
    )
    sort = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[People] = People()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["email"], name="one_account_per_address"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="addresses_are_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="nobody_is_superuser"
            ),
            models.CheckConstraint(
                condition=models.Q(theme__in=["", "light", "dark"]), name="a_theme_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(density__in=["", "compact"]), name="a_density_is_known"
            ),
        ]

    def __str__(self: Self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = type(self).objects.normalize_email(self.email)
