"""Which keys does this actor hold? One query; nothing is kept beyond the request."""

from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tenants.actor import Member
from tenants.models import Team, TeamMember
from tenants.scoping import ask
from vault.access import Keyring, Role
from vault.models.grants import LIVE, roles_by_permission

# Written out, because every request begins with it: to put it together would take longer than to
# answer it.
MINE: Final = "user_id = %(person)s"
OURS: Final = """group_id IN (
    SELECT group_id FROM tenants_teammember seat JOIN tenants_team team ON team.id = seat.team_id
    WHERE seat.membership_id = %(seat)s
)"""
# Of a team that is seen as. On its own, because PostgreSQL keeps no plan for "this one, or none".
ITS: Final = "group_id IN (SELECT group_id FROM tenants_team WHERE id = %(team)s)"


def all_keys(ours: str) -> str:
    return f"""
        SELECT true, content_object_id, permission_id FROM vault_folderusergrant
        WHERE {MINE} AND {LIVE}
        UNION ALL SELECT true, content_object_id, permission_id FROM vault_folderteamgrant
        WHERE {ours} AND {LIVE}
        UNION ALL SELECT false, content_object_id, permission_id FROM vault_documentusergrant
        WHERE {MINE} AND {LIVE}
        UNION ALL SELECT false, content_object_id, permission_id FROM vault_documentteamgrant
        WHERE {ours} AND {LIVE}
    """  # noqa: S608  its words are ours


def keys_on_document(ours: str) -> str:
    """Its own, and those of the folders whose lines reach it."""
    return f"""
        SELECT permission_id FROM vault_documentusergrant
        WHERE content_object_id = %(document)s AND {MINE} AND {LIVE}
        UNION ALL SELECT permission_id FROM vault_documentteamgrant
        WHERE content_object_id = %(document)s AND {ours} AND {LIVE}
        UNION ALL SELECT permission_id FROM vault_document document
        JOIN vault_folderclosure line ON line.descendant_id = document.folder_id AND line.reaches
        JOIN vault_folderusergrant held ON held.content_object_id = line.ancestor_id
        WHERE document.id = %(document)s AND NOT document.restricted AND {MINE} AND {LIVE}
        UNION ALL SELECT permission_id FROM vault_document document
        JOIN vault_folderclosure line ON line.descendant_id = document.folder_id AND line.reaches
        JOIN vault_folderteamgrant held ON held.content_object_id = line.ancestor_id
        WHERE document.id = %(document)s AND NOT document.restricted AND {ours} AND {LIVE}
    """  # noqa: S608


class Statements(NamedTuple):
    all_keys: str
    keys_on_document: str


OF_A_MEMBER: Final = Statements(all_keys(OURS), keys_on_document(OURS))
OF_A_TEAM: Final = Statements(all_keys(ITS), keys_on_document(ITS))


def keyring_of(actor: Member) -> Keyring:
    """All keys of a member: their own and their teams', as long as they last."""
    ceiling = Role.from_word(actor.scope)
    if actor.runs_the_organisation:
        return Keyring(to_everything=True, ceiling=ceiling)
    folders: dict[UUID, Role] = {}
    documents: dict[UUID, Role] = {}
    roles = roles_by_permission()
    for is_folder, node, permission in ask(statements_for(actor).all_keys, holder(actor)):
        keys = folders if is_folder else documents
        keys[node] = max(roles[permission], keys.get(node, Role.NONE))
    return Keyring(folders, documents, ceiling=ceiling)


def role_on_document(actor: Member, document_id: UUID) -> Role:
    """The role that a member holds on one document, however many keys there are: one query.

    For questions about nothing else; whoever shows the document needs its row and the keyring.
    """
    ceiling = Role.from_word(actor.scope)
    if actor.runs_the_organisation:
        return ceiling
    roles = roles_by_permission()
    found = ask(statements_for(actor).keys_on_document, {**holder(actor), "document": document_id})
    return min(ceiling, max((roles[key] for (key,) in found), default=Role.NONE))


def statements_for(actor: Member) -> Statements:
    return OF_A_MEMBER if actor.team_id is None else OF_A_TEAM


def holder(actor: Member) -> dict[str, object]:
    """A person with their teams; or, seen as, a team that has no person."""
    return {
        "person": actor.user_id,
        "seat": actor.membership_id,
        "team": actor.team_id,
        "now": timezone.now(),
    }


def groups_of(actor: Member) -> QuerySet[Any, Any]:
    """What stands for the teams that the actor is in; or for the one that they see as."""
    if actor.team_id is not None:
        return Team.objects.filter(pk=actor.team_id).values("group_id")
    return TeamMember.objects.filter(membership_id=actor.membership_id).values("team__group_id")
