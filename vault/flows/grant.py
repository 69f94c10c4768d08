"""Give keys, change them, take them back: several at once, all of them or none."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.actor import Member, require_no_guest
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.models import Membership, Team, TeamMember
from tenants.scoping import ask
from vault.access import Role
from vault.errors import LastManager
from vault.events import Event
from vault.flows.notify import notify
from vault.models import GRANTS, Document, Folder
from vault.notices import Notice
from vault.rights.explaining import keepers_of, manages_until
from vault.rights.fetching import Held, HeldDocument, fetch_document, fetch_folder
from vault.rights.writing import Grant, lock_keys, role_given, tables_of, upsert

# Nobody deletes it before the key is there; and what is being deleted is waited for.
KEPT_TEAM: Final = "SELECT group_id FROM tenants_team WHERE id = %(team)s FOR KEY SHARE"


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or a team, by id. A person's id is that of the user, a team's its own."""

    kind: Literal["user", "team"]
    id: UUID


@dataclass(frozen=True, slots=True)
class Giving:
    """A key to be. It takes the place of the one that the principal has on the node."""

    to: Principal
    role: Role
    until: datetime | None = None


@transaction.atomic
def change_folder_access(
    actor: Member, folder_id: UUID, *, give: Sequence[Giving] = (), take: Iterable[UUID] = ()
) -> list[Grant]:
    """Raises `NotFound`, `TooWeak`, `Invalid`, `LastManager`. Answers the keys given."""
    lock_keys(folder_id)
    held = fetch_folder(actor, folder_id, at_least=Role.MANAGE)
    return change(actor, held, give, take)


@transaction.atomic
def change_document_access(
    actor: Member, document_id: UUID, *, give: Sequence[Giving] = (), take: Iterable[UUID] = ()
) -> list[Grant]:
    """Raises `NotFound`, `TooWeak`, `Invalid`, `LastManager`. Answers the keys given."""
    lock_keys(document_id)
    held = fetch_document(actor, document_id, at_least=Role.MANAGE)
    return change(actor, held, give, take)


def grant_on_folder(
    actor: Member, folder_id: UUID, *, to: Principal, role: Role, until: datetime | None = None
) -> Grant:
    """Raises what `change_folder_access` raises."""
    return change_folder_access(actor, folder_id, give=[Giving(to, role, until)])[0]


def grant_on_document(
    actor: Member, document_id: UUID, *, to: Principal, role: Role, until: datetime | None = None
) -> Grant:
    """Raises what `change_document_access` raises."""
    return change_document_access(actor, document_id, give=[Giving(to, role, until)])[0]


@transaction.atomic
def revoke_grant(actor: Member, grant_id: UUID) -> Folder | Document:
    """End a key; answers the node that it was to. Raises what `change_folder_access` raises."""
    lock_keys(node_of_grant(actor, grant_id).node.pk)
    held = node_of_grant(actor, grant_id)  # as it is now that nobody else changes it
    change(actor, held, [], [grant_id])
    return held.node


def node_of_grant(actor: Member, grant_id: UUID) -> Held:
    """What a key is to, for whoever manages it. Raises `NotFound`, `TooWeak`."""
    grant: Any = next(
        (row for model in GRANTS if (row := model.objects.filter(pk=grant_id).first())), None
    )
    if grant is None:
        raise NotFound
    on_document = isinstance(grant.content_object, Document)
    fetch: Any = fetch_document if on_document else fetch_folder
    held: Held = fetch(actor, grant.content_object_id, at_least=Role.MANAGE)
    return held


def change(actor: Member, held: Held, give: Sequence[Giving], take: Iterable[UUID]) -> list[Grant]:
    """Gives first, so that one manager can take the place of another in one act.

    The caller has locked the node's keys. Guests see no directory, and so give nothing.
    """
    require_no_guest(actor)
    with keeping_a_manager(actor, held):
        given = [give_one(actor, held, giving) for giving in give]
        for grant in keys_on(held.node, take):
            facts = {"grant": grant.pk, "role": grant.role.word, **holder(grant)}
            record(actor, Event.ACCESS_REVOKED, held.node, **facts)
            grant.delete()
    return given


@contextmanager
def keeping_a_manager(actor: Member, held: Held) -> Iterator[None]:
    """What is restricted keeps somebody who manages it, besides owners and admins.

    So does everything else, unless it is one of those who takes the last manager's key. A key
    that ends by itself keeps nothing. Raises `LastManager`.
    """
    if actor.runs_the_organisation and not held.node.restricted:
        yield
        return
    document = held.document if isinstance(held, HeldDocument) else None
    was_kept = bool(keepers_of(held.place, document))
    yield
    if was_kept and not keepers_of(held.place, document):
        raise LastManager


def give_one(actor: Member, held: Held, giving: Giving) -> Grant:
    """Who can do more by it is told."""
    before, grant = put_key(actor, held, giving)
    if giving.role > before:
        told, role = people_behind(giving.to), giving.role.word
        notify(actor, told, Notice.ACCESS_GIVEN, node=held.node.pk, role=role)
    return grant


def give_quietly(actor: Member, held: Held, giving: Giving) -> None:
    """Nobody is told: of many keys they are told together."""
    with keeping_a_manager(actor, held):
        put_key(actor, held, giving)


def put_key(actor: Member, held: Held, giving: Giving) -> tuple[Role, Grant]:
    """Nobody grants more than they hold, nor for longer. Answers what was given before, too."""
    role, until, to = giving.role, giving.until, giving.to
    if role > held.role:
        raise TooWeak
    if (end := end_of(actor, held)) and (until is None or until > end):
        raise Invalid(_("Your own access ends sooner. Nobody gives for longer than they hold."))
    if until is not None and until <= timezone.now():
        raise Invalid(_("The end lies in the past."))
    node, column = held.node, column_of(to)
    before = role_given(node, column)
    grant = upsert(node, role, column, by=actor.user_id, until=until)
    facts = {"grant": grant.pk, "role": role.word, to.kind: to.id, "until": until}
    record(actor, Event.ACCESS_GRANTED, node, **facts)
    return before, grant


def end_of(actor: Member, held: Held) -> datetime | None:
    """When the actor's own right to give ends, if it does."""
    if actor.runs_the_organisation:
        return None
    document = held.document if isinstance(held, HeldDocument) else None
    return manages_until(actor.user_id, held.place, document)


def keys_on(node: Folder | Document, ids: Iterable[UUID]) -> list[Any]:
    """These keys of this very node. Raises `NotFound` where one of them is none."""
    wanted = set(ids)
    found = [row for t in tables_of(node) for row in t.objects.filter(pk__in=wanted)]
    if wanted != {row.pk for row in found if row.content_object_id == node.pk}:
        raise NotFound
    return found


def column_of(principal: Principal) -> dict[str, Any]:
    """Who holds a key, as a grant's row names them. Raises `Invalid`."""
    if principal.kind == "user":
        if not Membership.objects.filter(user_id=principal.id).exists():
            raise Invalid(_("This person isn't a member of the organisation."))
        return {"user_id": principal.id}
    found = ask(KEPT_TEAM, {"team": principal.id})
    if not found:
        raise Invalid(_("There's no such team."))
    return {"group_id": found[0][0]}


def people_behind(principal: Principal) -> list[UUID]:
    """Who is told: the person, or a team's people, but not everyone."""
    if principal.kind == "user":
        return [principal.id]
    team = TeamMember.objects.filter(team_id=principal.id, team__is_everyone=False)
    return list(team.values_list("membership__user_id", flat=True))


def holder(grant: Any) -> dict[str, object]:
    if hasattr(grant, "user_id"):
        return {"user": grant.user_id}
    team = Team.objects.get(group_id=grant.group_id)
    return {"team": team.pk}
