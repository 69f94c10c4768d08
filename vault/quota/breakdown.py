"""Where an organisation's room has gone, in parts that sum to the total."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from vault.models import Document, Usage, Version


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Bytes. `live` and `versions` make `stored`; with `in_flight` they make the total."""

    limit: int | None
    stored: int
    in_flight: int
    live: int
    versions: int

    @property
    def total(self) -> int:
        return self.stored + self.in_flight

    @property
    def available(self) -> int | None:
        return None if self.limit is None else max(self.limit - self.total, 0)


def breakdown(user_id: UUID | None = None) -> Breakdown:
    """Of the organisation in scope, or of one member of it."""
    usage = Usage.objects.of(user_id).first() or Usage()
    versions = Version.objects.all()
    if user_id is not None:
        versions = versions.filter(blob__owner_id=user_id)
    current = versions.filter(Exists(Document.objects.filter(current=OuterRef("pk"))))
    live = current.aggregate(size=Sum("blob__size"))["size"] or 0
    return Breakdown(
        limit=usage.limit,
        stored=usage.stored,
        in_flight=usage.reserved,
        live=live,
        versions=usage.stored - live,
    )
