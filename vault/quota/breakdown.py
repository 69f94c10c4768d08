"""Where an organisation's room has gone, in parts that sum to the total."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Sum

from vault.models import Blob, Document, Usage, Version


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Bytes. `live`, `versions` and `trash` make `stored`; with `in_flight` they are the total."""

    limit: int | None
    stored: int
    in_flight: int
    live: int
    versions: int
    trash: int

    @property
    def total(self) -> int:
        return self.stored + self.in_flight

    @property
    def available(self) -> int | None:
        return None if self.limit is None else max(self.limit - self.total, 0)


def breakdown(user_id: UUID | None = None) -> Breakdown:
    """Of the organisation in scope, or of one member of it."""
    usage = Usage.objects.of(user_id).first() or Usage()
    blobs = Blob.objects.filter(owner_id=user_id) if user_id else Blob.objects.all()
    here = OuterRef("pk")
    live = size_of(blobs.filter(Exists(Document.objects.filter(current__blob=here))))
    shown = Version.objects.filter(blob=here)  # by several documents, where one is a copy
    kept = Exists(shown.filter(document__trashed__isnull=True))
    trash = size_of(blobs.filter(Exists(shown), ~kept))
    return Breakdown(
        limit=usage.limit,
        stored=usage.stored,
        in_flight=usage.reserved,
        live=live,
        versions=usage.stored - live - trash,
        trash=trash,
    )


def size_of(blobs: QuerySet[Blob]) -> int:
    return blobs.aggregate(size=Sum("size"))["size"] or 0
