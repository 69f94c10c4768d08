"""What a member was told, in words of today: a name is shown only while they may see the thing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from tenants.actor import Member
from tenants.keyset import Order, cursor_of, moment, position_of, sorted_by
from tenants.models import Membership, Notification
from vault.access import Keyring
from vault.models import BulkAct, Document, Folder
from vault.notices import OF_REQUESTS, SOMEBODY, UNSEEN, WORDS, Notice
from vault.rights.keyrings import keyring_of

PAGE: Final = 50
NEWEST: Final = Order("-at", F("created_at"), moment, descending=True)


@dataclass(frozen=True, slots=True)
class News:
    """One notification as its reader may know it. `node` is there while they may see it."""

    notification: Notification
    words: str
    node: Folder | Document | None

    @property
    def is_of_requests(self) -> bool:
        return self.notification.kind in OF_REQUESTS

    @property
    def job(self) -> UUID | None:
        """The reader's own job that it tells of."""
        job = self.notification.facts.get("job")
        return UUID(job) if job else None

    @property
    def is_of_many(self) -> bool:
        """Whether it tells of things that stand in the list of what was shared with the reader."""
        return self.notification.kind == Notice.ACCESS_GIVEN_TO_MANY


def news_of(actor: Member, *, cursor: str = "") -> tuple[list[News], str | None]:
    """The newest first, and the cursor of the next page. Raises `Invalid`."""
    mine = Notification.objects.filter(user_id=actor.user_id)
    start = position_of(cursor, {"news": NEWEST})
    rows = list(sorted_by(mine, NEWEST, start)[: PAGE + 1])
    more = cursor_of(NEWEST, "news", rows[PAGE - 1]) if len(rows) > PAGE else None
    return told(keyring_of(actor), rows[:PAGE]), more


def unread(actor: Member) -> int:
    return Notification.objects.filter(user_id=actor.user_id, read_at__isnull=True).count()


def mark_read(actor: Member, shown: Iterable[Notification]) -> None:
    seen = [notification.pk for notification in shown]
    mine = Notification.objects.filter(user_id=actor.user_id, pk__in=seen)
    mine.filter(read_at__isnull=True).update(read_at=timezone.now())


def told(keyring: Keyring, notifications: Sequence[Notification]) -> list[News]:
    """In words for whoever holds these keys: three queries, however many there are."""
    nodes = visible(keyring, {n.node for n in notifications if n.node})
    people = names_of({n.actor_id for n in notifications if n.actor_id})
    return [
        News(n, say(n, nodes.get(n.node) if n.node else None, people), nodes.get(n.node))  # type: ignore[arg-type]
        for n in notifications
    ]


def say(
    notification: Notification, node: Folder | Document | None, people: dict[UUID, str]
) -> str:
    facts = dict(notification.facts)
    if "at" in facts:
        facts["day"] = date_format(timezone.localtime(moment(facts["at"])), "DATE_FORMAT")
    if "act" in facts:
        facts["act"] = BulkAct(facts["act"]).label
    who = people.get(notification.actor_id) if notification.actor_id else None
    what = node.name if node else str(UNSEEN)
    return str(WORDS[notification.kind]).format(actor=who or str(SOMEBODY), node=what, **facts)


def visible(keyring: Keyring, ids: Collection[UUID]) -> dict[UUID, Folder | Document]:
    folders = Folder.objects.opened_by(keyring).filter(pk__in=ids)
    documents = Document.objects.opened_by(keyring).filter(pk__in=ids)
    return {row.pk: row for rows in (folders, documents) for row in rows}


def names_of(people: Collection[UUID]) -> dict[UUID, str]:
    """Of those who are still members."""
    seats = Membership.objects.filter(user__in=people).select_related("user")
    return {seat.user_id: str(seat.user) for seat in seats}
