"""Give a key, and take it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.models import Membership, Team, TeamMember
from vault.access import Role
from vault.events import Event
from vault.flows.notify import notify
from vault.models import GRANTS, Document, Folder
from vault.notices import Notice
from vault.rights.fetching import Held, HeldDocument, fetch_document, fetch_folder
from vault.rights.writing import Grant, role_given, upsert


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or a team, by id. A person's id is that of the user, a team's its own."""

    kind: Literal["user", "team"]
    id: UUID


@transaction.atomic
def grant_on_folder(
    actor: Member, folder_id: UUID, *, to: Principal, role: Role, until: datetime | None = None
) -> Grant:
    """Raises `NotFound`, `TooWeak`, `Invalid`."""
    held = fetch_folder(actor, folder_id, at_least=Role.MANAGE)
    return give(actor, held, to=to, role=role, until=until)


@transaction.atomic
def grant_on_document(
    actor: Member, document_id: UUID, *, to: Principal, role: Role, until: datetime | None = None
) -> Grant:
    """Raises `NotFound`, `TooWeak`, `Invalid`."""
    held = fetch_document(actor, document_id, at_least=Role.MANAGE)
    return give(actor, held, to=to, role=role, until=until)


@transaction.atomic
def revoke_grant(actor: Member, grant_id: UUID) -> Folder | Document:
    """End a key, and answer the node that it was to. Raises `NotFound`, `TooWeak`."""
    grant: Any = next(
        (row for model in GRANTS if (row := model.objects.filter(pk=grant_id).first())), None
    )
    if grant is None:
        raise NotFound
    held = fetch_node(actor, grant)
    node = node_of(held)
    record(
        actor, Event.ACCESS_REVOKED, node, grant=grant.pk, role=grant.role.word, **holder(grant)
    )
    grant.delete()
    return node


def give(actor: Member, held: Held, *, to: Principal, role: Role, until: datetime | None) -> Grant:
    """Who can do more by it is told."""
    before, grant = put_key(actor, held, to=to, role=role, until=until)
    if role > before:
        notify(actor, people_behind(to), Notice.ACCESS_GIVEN, node=held.node.pk, role=role.word)
    return grant


def put_key(
    actor: Member, held: Held, *, to: Principal, role: Role, until: datetime | None
) -> tuple[Role, Grant]:
    """Nobody grants more than they hold. Answers what was given here before, too."""
    if role > held.role:
        raise TooWeak
    if until is not None and until <= timezone.now():
        raise Invalid(_("The end lies in the past."))
    node, holder = node_of(held), column_of(to)
    before = role_given(node, holder)
    grant = upsert(node, role, holder, by=actor.user_id, until=until)
    facts = {"grant": grant.pk, "role": role.word, to.kind: to.id, "until": until}
    record(actor, Event.ACCESS_GRANTED, node, **facts)
    return before, grant


def column_of(principal: Principal) -> dict[str, Any]:
    """Who holds a key, as a grant's row names them. Raises `Invalid`."""
    if principal.kind == "user":
        if not Membership.objects.filter(user_id=principal.id).exists():
            raise Invalid(_("This person isn't a member of the organisation."))
        return {"user_id": principal.id}
    team = Team.objects.filter(pk=principal.id).first()
    if team is None:
        raise Invalid(_("There's no such team."))
    return {"group_id": team.group_id}


def people_behind(principal: Principal) -> list[UUID]:
    """Who is told: the person, or a team's people, but not everyone."""
    if principal.kind == "user":
        return [principal.id]
    team = TeamMember.objects.filter(team_id=principal.id, team__is_everyone=False)
    return list(team.values_list("membership__user_id", flat=True))


def fetch_node(actor: Member, grant: Any) -> Held:
    on_document = isinstance(grant.content_object, Document)
    fetch: Any = fetch_document if on_document else fetch_folder
    held: Held = fetch(actor, grant.content_object_id, at_least=Role.MANAGE)
    return held


def node_of(held: Held) -> Folder | Document:
    return held.document if isinstance(held, HeldDocument) else held.folder


def holder(grant: Any) -> dict[str, object]:
    if hasattr(grant, "user_id"):
        return {"user": grant.user_id}
    team = Team.objects.get(group_id=grant.group_id)
    return {"team": team.pk}
