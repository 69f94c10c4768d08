"""Alice sees acme through somebody else's eyes."""

from typing import Any, Final

from django.test import Client

from tenants.actor import Member
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Team
from tenants.scoping import scope
from tests.cast import Acme, member, signed_in
from tests.factories import body
from vault.access import Role
from vault.flows.grant import Principal, grant_on_folder

EYES: Final = ("alex", "bob", "carol", "dan", "auditors", "everyone")


def joins(acme: Acme, name: str, role: MembershipRole = MembershipRole.MEMBER) -> Member:
    with scope(acme.tenant_id):
        return member(acme.alice, name, role)


def eyes(acme: Acme, name: str) -> Member | Team:
    """Of the cast; of an admin; of a team that edits the folder, Dan in it; of everyone."""
    with scope(acme.tenant_id):
        if name == "alex":
            return joins(acme, "alex", MembershipRole.ADMIN)
        if name == "everyone":
            return Team.objects.get(is_everyone=True)
        if name == "auditors":
            return auditors(acme)
    chosen: Member = getattr(acme, name)
    return chosen


def auditors(acme: Acme) -> Team:
    team = create_team(acme.alice, name="Auditors")
    add_to_team(acme.alice, team.pk, acme.dan.membership_id)
    to = Principal("team", team.pk)
    grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.EDIT)
    return team


def sent_for(chosen: Member | Team) -> dict[str, str]:
    is_team = isinstance(chosen, Team)
    return {"who": f"team:{chosen.pk}" if is_team else f"user:{chosen.user_id}"}


def viewing_as(acme: Acme, chosen: Member | Team) -> Client:
    """Her browser, after she began."""
    client = signed_in(acme.alice)
    assert begin(client, acme, chosen).status_code == 302
    return client


def begin(client: Client, acme: Acme, chosen: Member | Team, **more: str) -> Any:
    return client.post(f"/o/{acme.slug}/view-as/", {**sent_for(chosen), **more})


def end(client: Client, acme: Acme, **sent: str) -> Any:
    return client.post(f"/o/{acme.slug}/view-as/end/", sent)


def has_banner(answer: Any) -> bool:
    return b"data-viewing" in body(answer)
