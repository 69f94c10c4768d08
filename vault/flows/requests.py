"""Who asks for what: what waits for a member's decision, and what became of their own requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tenants.actor import Member
from tenants.keyset import Order, cursor_of, moment, position_of, sorted_by
from tenants.models import MembershipRole
from vault.access import Keyring, Role
from vault.flows.browse import ways_to
from vault.flows.news import names_of, visible
from vault.flows.shared import nodes_of
from vault.models import AccessRequest, Document, Folder
from vault.models.nodes import DocumentQuerySet, FolderQuerySet
from vault.rights.explaining import keyrings_at
from vault.rights.fetching import Held, HeldDocument, role_held
from vault.rights.keyrings import keyring_of

PAGE: Final = 50
NEWEST: Final = Order("-asked", F("created_at"), moment, descending=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request with what its reader needs to decide it."""

    asked: AccessRequest
    held: Held
    way: Sequence[Folder]  # to what is asked for, as far as the reader sees it
    holds: Role  # what the asker has there now

    @property
    def is_fulfilled(self) -> bool:
        return self.holds >= self.asked.wanted


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own request. `node` is there while one may see it."""

    asked: AccessRequest
    node: Folder | Document | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class Desk:
    """For the navigation."""

    waiting: int
    is_needed: bool


def desk_of(actor: Member) -> Desk:
    """Whether there may ever be a request to look at: for who manages something, or asked."""
    keyring = keyring_of(actor)
    manages = (
        keyring.opens_everything(Role.MANAGE)
        or keyring.folders_at(Role.MANAGE)
        or keyring.documents_at(Role.MANAGE)
    )
    if manages:
        anything = of_others(actor).exists()  # mostly not, and that is quickly known
        return Desk(for_decision(actor, keyring).count() if anything else 0, is_needed=True)
    return Desk(0, AccessRequest.objects.filter(asker_id=actor.user_id).exists())


def waiting_for(actor: Member, *, cursor: str = "") -> tuple[list[Waiting], str | None]:
    """The newest first, and the cursor of the next page. Raises `Invalid`."""
    keyring = keyring_of(actor)
    waiting = for_decision(actor, keyring).select_related("asker")
    rows, following = page_of(waiting, "waiting", cursor)
    held = nodes_of(keyring, {asked.node for asked in rows})
    rings = keyrings_at(
        {one.place for one in held.values()},
        [one.document.pk for one in held.values() if isinstance(one, HeldDocument)],
        {asked.asker_id for asked in rows},
    )
    ways = ways_to(keyring, {one.place for one in held.values()})
    waits = [
        Waiting(asked, node, ways[node.place], role_held(rings[asked.asker_id], node))
        for asked in rows
        if (node := held.get(asked.node))  # it may just have been thrown away
    ]
    return waits, following


def requests_of(actor: Member, *, cursor: str = "") -> tuple[list[Mine], str | None]:
    """The actor's own, the newest first, and the cursor of the next page. Raises `Invalid`."""
    mine = AccessRequest.objects.filter(asker_id=actor.user_id)
    rows, following = page_of(mine, "mine", cursor)
    nodes = visible(keyring_of(actor), {asked.node for asked in rows})
    people = names_of({asked.decided_by_id for asked in rows if asked.decided_by_id})
    requests = [
        Mine(
            asked,
            nodes.get(asked.node),
            people.get(asked.decided_by_id, "") if asked.decided_by_id else "",
        )
        for asked in rows
    ]
    return requests, following


def of_others(actor: Member) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.undecided(timezone.now()).exclude(asker_id=actor.user_id)


def for_decision(actor: Member, keyring: Keyring) -> QuerySet[AccessRequest]:
    """Others' requests that these keys may decide.

    Of what the keys open, only what is asked for is looked at: few wait, while there are many
    documents.
    """
    others = of_others(actor)
    if actor.role == MembershipRole.GUEST:
        return others.none()  # a request names people, and guests see no directory

    def managed(kind: str, nodes: FolderQuerySet | DocumentQuerySet) -> Q:
        asked = others.filter(kind=kind).values("node")
        opened = nodes.opened_by(keyring, Role.MANAGE).filter(pk__in=asked)
        return Q(kind=kind, node__in=opened.values("pk"))

    return others.filter(
        managed("folder", Folder.objects.all()) | managed("document", Document.objects.all())
    )


def page_of(
    requests: QuerySet[AccessRequest], part: str, cursor: str
) -> tuple[list[AccessRequest], str | None]:
    start = position_of(cursor, {part: NEWEST})
    rows: list[Any] = list(sorted_by(requests, NEWEST, start)[: PAGE + 1])
    following = cursor_of(NEWEST, part, rows[PAGE - 1]) if len(rows) > PAGE else None
    return rows[:PAGE], following
