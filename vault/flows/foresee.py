"""The effect of a change of rights, before it is made.

The change itself is made, in a savepoint, and taken back: so every refusal is the one that would
come, and what is foreseen is what then happens. The rule is asked before and after it.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from tenants.actor import Member
from tenants.models import Membership, MembershipRole, Team
from vault.access import Role
from vault.access.effect import Shift, Survey, shifts
from vault.models import Document, DocumentTeamGrant, FolderTeamGrant, among
from vault.rights.keyrings import keyring_of
from vault.rights.links import LiveLink, live_links
from vault.rights.surveying import survey

SHOWN: Final = 100  # people who are named


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for one person; the roles where the change is about one node alone."""

    person: User
    shift: Shift
    before: Role | None
    after: Role | None


@dataclass(frozen=True, slots=True)
class NamedLink:
    link: LiveLink
    document: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Who gains, who loses, which links go on. Of many people the first are named."""

    changes: Sequence[Change]
    touched: int  # people who gain, lose, or both
    gaining: int
    losing: int
    links_staying: Sequence[NamedLink]
    links_ending: Sequence[NamedLink]
    links_returning: Sequence[NamedLink]  # their issuer may edit again

    @property
    def is_none(self) -> bool:
        return not (self.gaining or self.losing or self.links_ending or self.links_returning)

    @property
    def unnamed(self) -> int:
        """How many people change and are not named."""
        return self.touched - len(self.changes)


def foresee(
    actor: Member,
    change: Callable[[], object],
    *,
    folders: Collection[UUID] = (),
    documents: Collection[UUID] = (),
) -> Effect:
    """What `change` does to who may reach these folders, all beneath them, and these documents.

    Raises what the change raises. Guests are told numbers, not names.
    """
    links = links_seen(actor, live_links(folders, documents))
    watched = {*documents, *(named.link.document for named in links)}
    before = survey(folders, watched)
    with transaction.atomic():
        change()
        after = survey(folders, watched)
        transaction.set_rollback(True)
    found = shifts(before, after)
    return Effect(
        changes_of(actor, found, before, after, the_one_node(folders, documents)),
        len(found),
        sum(shift.gains for shift in found.values()),
        sum(shift.loses for shift in found.values()),
        *sorted_out(links, before, after),
    )


def foresee_team(actor: Member, team_id: UUID, change: Callable[[], object]) -> Effect:
    """What a change of a team does: it reaches as far as the team's keys do."""
    group = Team.objects.filter(pk=team_id).values("group_id")
    on_folders, on_documents = (
        set(grants.objects.filter(group__in=group).values_list("content_object_id", flat=True))
        for grants in (FolderTeamGrant, DocumentTeamGrant)
    )
    return foresee(actor, change, folders=on_folders, documents=on_documents)


def the_one_node(folders: Collection[UUID], documents: Collection[UUID]) -> Hashable | None:
    """The lot of the node that a change is about, if there is one node alone."""
    lots: list[Hashable] = [*(("folder", folder) for folder in folders), *documents]
    return lots[0] if len(lots) == 1 else None


def changes_of(
    actor: Member, found: dict[UUID, Shift], before: Survey, after: Survey, lot: Hashable | None
) -> list[Change]:
    if actor.role == MembershipRole.GUEST:
        return []
    seats = Membership.objects.filter(user_id__in=among(found)).select_related("user")
    return [
        Change(
            seat.user,
            found[seat.user_id],
            None if lot is None else before.role(seat.user_id, lot),
            None if lot is None else after.role(seat.user_id, lot),
        )
        for seat in seats.order_by("user__name", "user__email")[:SHOWN]
    ]


def links_seen(actor: Member, links: Sequence[LiveLink]) -> list[NamedLink]:
    """Those to documents whose links the actor may see."""
    seen = Document.objects.opened_by(keyring_of(actor), Role.EDIT)
    names = dict(
        seen.filter(pk__in=among({link.document for link in links})).values_list("pk", "name")
    )
    return [NamedLink(link, names[link.document]) for link in links if link.document in names]


def sorted_out(
    links: Sequence[NamedLink], before: Survey, after: Survey
) -> tuple[list[NamedLink], list[NamedLink], list[NamedLink]]:
    """Those that stay, those that end, those that work again."""
    kinds: dict[tuple[bool, bool], list[NamedLink]] = {}
    for named in links:
        issuer, document = named.link.issuer, named.link.document
        works = (
            before.role(issuer, document) >= Role.EDIT,
            after.role(issuer, document) >= Role.EDIT,
        )
        kinds.setdefault(works, []).append(named)
    return tuple(kinds.get(works, []) for works in ((True, True), (True, False), (False, True)))  # type: ignore[return-value]
