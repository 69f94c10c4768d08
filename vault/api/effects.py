"""What a change of rights would do, instead of doing it: `dry_run=true`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal
from uuid import UUID

from ninja import Status
from pydantic import BaseModel

from tenants.actor import Member
from vault.access import Role
from vault.api.schemas import PersonOut
from vault.flows.foresee import Change, Effect, NamedLink, foresee
from vault.rights.fetching import Held, HeldFolder

# No `type` statement: the description would name it as a schema of its own.
RoleOrNone = Literal["none", "preview", "read", "edit", "manage"]


class ChangeOut(BaseModel):
    """One person. Roles are those on what the change is about, if that is one thing alone."""

    person: PersonOut
    before: RoleOrNone | None
    after: RoleOrNone | None
    folders_gained: int
    documents_gained: int
    folders_lost: int
    documents_lost: int

    @classmethod
    def of(cls, change: Change) -> "ChangeOut":
        shift = change.shift
        return cls(
            person=PersonOut.of(change.person),
            before=role_or_none(change.before),
            after=role_or_none(change.after),
            folders_gained=shift.folders_gained,
            documents_gained=shift.documents_gained,
            folders_lost=shift.folders_lost,
            documents_lost=shift.documents_lost,
        )


class LinkOutline(BaseModel):
    id: UUID
    document: UUID
    label: str

    @classmethod
    def of(cls, named: NamedLink) -> "LinkOutline":
        return cls(id=named.link.id, document=named.link.document, label=named.link.label)


class EffectOut(BaseModel):
    """Who would gain and lose, and which links would stay, end, or work again.

    Of many people the first 100 are in `people`; the numbers count all of them.
    """

    gaining: int
    losing: int
    people: list[ChangeOut]
    links_staying: int
    links_ending: list[LinkOutline]
    links_returning: list[LinkOutline]

    @classmethod
    def of(cls, effect: Effect) -> "EffectOut":
        return cls(
            gaining=effect.gaining,
            losing=effect.losing,
            people=[ChangeOut.of(change) for change in effect.changes],
            links_staying=len(effect.links_staying),
            links_ending=[LinkOutline.of(named) for named in effect.links_ending],
            links_returning=[LinkOutline.of(named) for named in effect.links_returning],
        )


def foreseen(
    actor: Member,
    change: Callable[[], object],
    *,
    folders: Sequence[UUID] = (),
    documents: Sequence[UUID] = (),
) -> Status[EffectOut]:
    effect = foresee(actor, change, folders=folders, documents=documents)
    return Status(200, EffectOut.of(effect))


def move_foreseen(
    actor: Member, held: Held, move: Callable[..., object], *, to: UUID | None
) -> EffectOut:
    """Who would gain and lose by moving it there; without a place, nobody."""
    kind = "folders" if isinstance(held, HeldFolder) else "documents"
    act = partial(move, actor, held.node.pk, to=to) if to else bool
    return EffectOut.of(foresee(actor, act, **{kind: [held.node.pk]}))


def role_or_none(role: Role | None) -> RoleOrNone | None:
    words: dict[Role, RoleOrNone] = {
        Role.NONE: "none",
        Role.PREVIEW: "preview",
        Role.READ: "read",
        Role.EDIT: "edit",
        Role.MANAGE: "manage",
    }
    return None if role is None else words[role]
