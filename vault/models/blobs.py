"""Document -> Version -> Blob. Blobs are immutable; rows die after their bytes do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.models import TenantOwned
from vault.models.nodes import Document
from vault.models.usage import Reservation
from vault.storage import django_storage


class BlobState(models.TextChoices):
    """`receiving -> stored -> clean | infected | unscannable | unscanned`, then `gone`."""

    RECEIVING = "receiving", _("Arriving")
    STORED = "stored", _("Being checked")
    CLEAN = "clean", _("Checked for malware")
    INFECTED = "infected", _("Held back: malware found")
    UNSCANNABLE = "unscannable", _("Too big to check for malware")
    UNSCANNED = "unscanned", _("Not checked for malware")
    CONDEMNED = "condemned", _("Being removed")
    GONE = "gone", _("Removed")


# The trigger of the first migration holds the same pairs, and a test holds the two together.
TRANSITIONS = frozenset(
    {
        ("receiving", "stored"),
        ("stored", "clean"),
        ("stored", "infected"),
        ("stored", "unscannable"),
        ("stored", "unscanned"),
        ("unscanned", "clean"),
        ("unscanned", "infected"),
        ("unscanned", "unscannable"),
        ("stored", "condemned"),
        ("clean", "condemned"),
        ("infected", "condemned"),
        ("unscannable", "condemned"),
        ("unscanned", "condemned"),
        ("condemned", "gone"),
    }
)
SERVED = frozenset({BlobState.CLEAN, BlobState.UNSCANNED})


class Blob(TenantOwned):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.FileField(storage=django_storage, max_length=200)  # its name is the key
    state = models.CharField(max_length=12, choices=BlobState, default=BlobState.RECEIVING)
    size = models.BigIntegerField(null=True)  # bytes
    sha256 = models.BinaryField(max_length=32, null=True)
    media_type = models.CharField(max_length=100, blank=True)
    reservation = models.ForeignKey(
        Reservation, models.PROTECT, null=True, related_name="blobs", db_constraint=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="receiving", size__isnull=True, sha256__isnull=True)
                # A check that knows no answer (NULL >= 1) would let the row pass.
                | (
                    ~Q(state="receiving")
                    & Q(size__isnull=False, size__gte=1, sha256__isnull=False)
                ),
                name="a_stored_blob_has_size_and_digest",
            ),
            models.CheckConstraint(
                condition=Q(state="receiving") | Q(reservation__isnull=True),
                name="only_arriving_blobs_hold_a_reservation",
            ),
            models.UniqueConstraint(fields=["tenant", "file"], name="one_blob_per_key"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "created_at"],
                condition=Q(state="receiving"),
                name="blobs_on_their_way",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def key(self) -> str:
        """Where its bytes lie in the storage."""
        return self.file.name or ""


class Version(TenantOwned):
    document = models.ForeignKey(
        Document, models.CASCADE, related_name="versions", db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="version", db_constraint=False)
    restored_from = models.PositiveIntegerField(null=True)  # the number of the version it repeats
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "document", "number"], name="versions_are_numbered"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} version {self.number}"
