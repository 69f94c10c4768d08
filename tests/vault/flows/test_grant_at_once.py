"""Two who change the keys of one thing at the same moment."""

from tenants.actor import Member
from tenants.scoping import scope
from tests.cast import found_acme
from tests.vault.scene import all_at_once
from vault.access import Role
from vault.errors import LastManager
from vault.flows.grant import Principal, grant_on_folder, revoke_grant
from vault.flows.restrict import restrict_folder
from vault.models import FolderUserGrant


def test_two_managers_who_send_each_other_away_leave_one(committed: None) -> None:
    acme = found_acme()
    with scope(acme.tenant_id):
        keys = {}
        for person in (acme.bob, acme.carol):
            to = Principal("user", person.user_id)
            given = grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.MANAGE)
            keys[person.user_id] = given.pk
        restrict_folder(acme.bob, acme.folder.pk)

    def send_away(actor: Member, other: Member) -> object:
        with scope(acme.tenant_id):
            return revoke_grant(actor, keys[other.user_id])

    came_of_it = all_at_once(
        [lambda: send_away(acme.bob, acme.carol), lambda: send_away(acme.carol, acme.bob)]
    )
    assert sum(isinstance(one, Exception) for one in came_of_it) == 1
    assert not any(isinstance(one, LastManager) for one in came_of_it)  # the slower one is out
    with scope(acme.tenant_id):
        assert FolderUserGrant.objects.filter(pk__in=keys.values()).count() == 1
