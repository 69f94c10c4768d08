from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.ids import uuid7
from tenants.actor import Member
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.flows.leave import change_role, end_membership
from tenants.flows.teams import add_to_team, create_team, remove_from_team
from tenants.models import MembershipRole, Team
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.vault.scene import trail
from vault.access import Role
from vault.errors import LastManager
from vault.events import Event
from vault.flows.grant import (
    Giving,
    Principal,
    change_folder_access,
    grant_on_document,
    grant_on_folder,
    revoke_grant,
)
from vault.flows.restrict import restrict_folder
from vault.models import GRANTS, DocumentUserGrant, Folder, FolderTeamGrant, FolderUserGrant
from vault.rights.fetching import fetch_document, fetch_folder


def to(actor: Member) -> Principal:
    return Principal("user", actor.user_id)


def rows() -> int:
    return sum(model.objects.count() for model in GRANTS)


def test_a_key_opens_at_once_and_ends_at_once(in_acme: Acme) -> None:
    document = in_acme.contract.pk
    with pytest.raises(NotFound):
        fetch_document(in_acme.dan, document)
    grant = grant_on_document(in_acme.alice, document, to=to(in_acme.dan), role=Role.READ)
    assert fetch_document(in_acme.dan, document).role == Role.READ
    assert revoke_grant(in_acme.alice, grant.pk).pk == document
    with pytest.raises(NotFound):
        fetch_document(in_acme.dan, document)


def test_a_key_to_a_document_does_not_show_its_folder(in_acme: Acme) -> None:
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=to(in_acme.dan), role=Role.MANAGE)
    with pytest.raises(NotFound):
        fetch_folder(in_acme.dan, in_acme.folder.pk)


def test_giving_and_taking_are_recorded(acme: Acme) -> None:
    with scope(acme.tenant_id):
        grant = grant_on_folder(acme.alice, acme.folder.pk, to=to(acme.dan), role=Role.READ)
        revoke_grant(acme.alice, grant.pk)
    given = trail(acme.tenant_id, Event.ACCESS_GRANTED)[-1]
    assert given["actor"]["user"] == str(acme.alice.user_id)
    assert given["subject"] == {"kind": "folder", "id": str(acme.folder.pk)}
    assert given["facts"]["user"] == str(acme.dan.user_id)
    assert given["facts"]["role"] == "read"
    taken = trail(acme.tenant_id, Event.ACCESS_REVOKED)[-1]
    assert taken["facts"]["grant"] == given["facts"]["grant"] == str(grant.pk)


def test_who_may_not_manage_gives_nothing(in_acme: Acme) -> None:
    before = rows()
    for actor, refusal in (
        (in_acme.bob, TooWeak),
        (in_acme.carol, TooWeak),
        (in_acme.dan, NotFound),
    ):
        with pytest.raises(refusal):
            grant_on_folder(actor, in_acme.folder.pk, to=to(in_acme.dan), role=Role.PREVIEW)
        with pytest.raises(refusal):
            grant_on_document(actor, in_acme.contract.pk, to=to(in_acme.dan), role=Role.PREVIEW)
    assert rows() == before


def test_a_manager_gives_as_much_as_they_hold(in_acme: Acme) -> None:
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to(in_acme.bob), role=Role.MANAGE)
    for role in (Role.PREVIEW, Role.READ, Role.EDIT, Role.MANAGE):
        grant_on_document(in_acme.bob, in_acme.contract.pk, to=to(in_acme.dan), role=role)
        assert fetch_document(in_acme.dan, in_acme.contract.pk).role == role


@pytest.mark.parametrize("seconds", [0, -1, -86400])
def test_a_key_cannot_end_in_the_past(in_acme: Acme, seconds: int) -> None:
    before = rows()
    with pytest.raises(Invalid):
        grant_on_folder(
            in_acme.alice,
            in_acme.folder.pk,
            to=to(in_acme.dan),
            role=Role.READ,
            until=timezone.now() + timedelta(seconds=seconds),
        )
    assert rows() == before


def test_a_key_ends_by_itself_and_the_weaker_one_remains(in_acme: Acme) -> None:
    soon = timezone.now() + timedelta(hours=1)
    grant = grant_on_document(
        in_acme.alice, in_acme.contract.pk, to=to(in_acme.carol), role=Role.EDIT, until=soon
    )
    assert fetch_document(in_acme.carol, in_acme.contract.pk).role == Role.EDIT
    DocumentUserGrant.objects.filter(pk=grant.pk).update(expires_at=timezone.now())
    assert fetch_document(in_acme.carol, in_acme.contract.pk).role == Role.READ


@pytest.mark.parametrize("kind", ["user", "team"])
def test_nobody_unknown_gets_a_key(in_acme: Acme, kind: str) -> None:
    nobody = Principal(kind, uuid7())  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        grant_on_folder(in_acme.alice, in_acme.folder.pk, to=nobody, role=Role.READ)


def test_a_person_of_another_organisation_gets_no_key(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id), pytest.raises(Invalid):
        grant_on_folder(acme.alice, acme.folder.pk, to=to(rival.mallory), role=Role.READ)


def test_a_team_of_another_organisation_gets_no_key(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        theirs = Team.objects.get(is_everyone=True).pk
    with scope(acme.tenant_id), pytest.raises(Invalid):
        grant_on_folder(acme.alice, acme.folder.pk, to=Principal("team", theirs), role=Role.READ)


def test_a_team_opens_for_its_people_while_they_are_in_it(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Auditors")
    seat = in_acme.dan.membership_id
    add_to_team(in_acme.alice, team.pk, seat)
    grant_on_folder(
        in_acme.alice, in_acme.folder.pk, to=Principal("team", team.pk), role=Role.PREVIEW
    )
    assert fetch_document(in_acme.dan, in_acme.contract.pk).role == Role.PREVIEW
    remove_from_team(in_acme.alice, team.pk, seat)
    with pytest.raises(NotFound):
        fetch_document(in_acme.dan, in_acme.contract.pk)


def test_what_a_membership_gave_ends_with_it_and_does_not_come_back(in_acme: Acme) -> None:
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to(in_acme.carol), role=Role.EDIT)
    end_membership(in_acme.alice, in_acme.carol.membership_id)
    assert not FolderUserGrant.objects.filter(user_id=in_acme.carol.user_id).exists()


def test_who_becomes_a_guest_loses_what_everyone_has(in_acme: Acme) -> None:
    change_role(in_acme.alice, in_acme.carol.membership_id, to=MembershipRole.GUEST)
    with pytest.raises(NotFound):
        fetch_folder(in_acme.carol, in_acme.folder.pk)


def test_the_root_is_everyones_by_a_key_that_can_be_taken_back(in_acme: Acme) -> None:
    grant = FolderTeamGrant.objects.get(content_object=in_acme.root)
    assert fetch_folder(in_acme.carol, in_acme.root.pk).role == Role.READ
    assert isinstance(revoke_grant(in_acme.alice, grant.pk), Folder)
    with pytest.raises(NotFound):
        fetch_folder(in_acme.carol, in_acme.root.pk)
    assert trail(in_acme.tenant_id, Event.ACCESS_REVOKED)[-1]["facts"]["team"]


def test_only_who_manages_the_node_takes_a_key_back(in_acme: Acme) -> None:
    grant = grant_on_document(
        in_acme.alice, in_acme.contract.pk, to=to(in_acme.carol), role=Role.READ
    )
    for actor, refusal in ((in_acme.bob, TooWeak), (in_acme.dan, NotFound)):
        with pytest.raises(refusal):
            revoke_grant(actor, grant.pk)
    assert DocumentUserGrant.objects.filter(pk=grant.pk).exists()


def test_a_key_that_is_gone_or_of_another_organisation_is_not_found(
    acme: Acme, rival: Rival
) -> None:
    with scope(acme.tenant_id):
        grant: UUID = grant_on_folder(
            acme.alice, acme.folder.pk, to=to(acme.dan), role=Role.READ
        ).pk
    with scope(rival.tenant_id), pytest.raises(NotFound):
        revoke_grant(rival.mallory, grant)
    with scope(acme.tenant_id):
        revoke_grant(acme.alice, grant)
        with pytest.raises(NotFound):
            revoke_grant(acme.alice, grant)


def test_several_are_given_and_taken_in_one_act(in_acme: Acme) -> None:
    give = [Giving(to(in_acme.dan), Role.READ), Giving(to(in_acme.carol), Role.EDIT)]
    first, second = change_folder_access(in_acme.alice, in_acme.folder.pk, give=give)
    more = [Giving(to(in_acme.bob), Role.MANAGE)]
    take = [first.pk, second.pk]
    change_folder_access(in_acme.alice, in_acme.folder.pk, give=more, take=take)
    roles = {
        g.user_id: g.role for g in FolderUserGrant.objects.filter(content_object=in_acme.folder)
    }
    assert roles == {in_acme.bob.user_id: Role.MANAGE}


def test_all_of_it_happens_or_none(in_acme: Acme) -> None:
    before = rows()
    stranger = Principal("user", uuid7())
    give = [Giving(to(in_acme.dan), Role.READ), Giving(stranger, Role.READ)]
    with pytest.raises(Invalid):
        change_folder_access(in_acme.alice, in_acme.folder.pk, give=give)
    elsewhere = grant_on_document(
        in_acme.alice, in_acme.contract.pk, to=to(in_acme.dan), role=Role.READ
    )
    with pytest.raises(NotFound):
        change_folder_access(in_acme.alice, in_acme.folder.pk, take=[elsewhere.pk])
    assert rows() == before + 1


def keeper(acme: Acme) -> UUID:
    """Bob's key, the only one that manages the restricted folder; Alice's own is taken back."""
    key = grant_on_folder(acme.alice, acme.folder.pk, to=to(acme.bob), role=Role.MANAGE)
    restrict_folder(acme.bob, acme.folder.pk)
    return key.pk


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_the_last_manager_of_what_is_restricted_stays(in_acme: Acme, who: str) -> None:
    actor, key = getattr(in_acme, who), keeper(in_acme)
    with pytest.raises(LastManager, match="Can manage access"):
        revoke_grant(actor, key)
    for role, until in ((Role.EDIT, None), (Role.MANAGE, timezone.now() + timedelta(days=1))):
        with pytest.raises(LastManager):
            grant_on_folder(actor, in_acme.folder.pk, to=to(in_acme.bob), role=role, until=until)
    assert FolderUserGrant.objects.get(pk=key).role == Role.MANAGE
    give = [Giving(to(in_acme.carol), Role.MANAGE)]
    change_folder_access(actor, in_acme.folder.pk, give=give, take=[key])
    with pytest.raises(NotFound):
        fetch_folder(in_acme.bob, in_acme.folder.pk)


def test_a_manager_who_is_the_last_cannot_go_but_an_admin_may_send_them(in_acme: Acme) -> None:
    key = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to(in_acme.bob), role=Role.MANAGE)
    with pytest.raises(LastManager):
        revoke_grant(in_acme.bob, key.pk)
    revoke_grant(in_acme.alice, key.pk)
    with pytest.raises(TooWeak):
        fetch_folder(in_acme.bob, in_acme.folder.pk, at_least=Role.EDIT)


def test_a_manager_from_above_is_enough(in_acme: Acme) -> None:
    grant_on_folder(in_acme.alice, in_acme.root.pk, to=to(in_acme.carol), role=Role.MANAGE)
    key = grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to(in_acme.bob), role=Role.MANAGE)
    revoke_grant(in_acme.bob, key.pk)


def test_the_team_of_a_manager_counts_while_somebody_is_in_it(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Keepers")
    key = keeper(in_acme)
    give = [Giving(Principal("team", team.pk), Role.MANAGE)]
    with pytest.raises(LastManager):
        change_folder_access(in_acme.alice, in_acme.folder.pk, give=give, take=[key])
    add_to_team(in_acme.alice, team.pk, in_acme.carol.membership_id)
    change_folder_access(in_acme.alice, in_acme.folder.pk, give=give, take=[key])


def test_nobody_gives_for_longer_than_they_hold(in_acme: Acme) -> None:
    week = timezone.now() + timedelta(days=7)
    grant_on_folder(
        in_acme.alice, in_acme.folder.pk, to=to(in_acme.bob), role=Role.MANAGE, until=week
    )
    for until in (None, week + timedelta(seconds=1)):
        for person in (in_acme.bob, in_acme.dan):
            with pytest.raises(Invalid, match="ends sooner"):
                grant_on_folder(
                    in_acme.bob, in_acme.folder.pk, to=to(person), role=Role.READ, until=until
                )
    grant_on_folder(in_acme.bob, in_acme.folder.pk, to=to(in_acme.dan), role=Role.READ, until=week)
    restrict_folder(in_acme.bob, in_acme.folder.pk)
    mine = FolderUserGrant.objects.get(user=in_acme.bob.user_id, content_object=in_acme.folder)
    assert mine.expires_at == week


def test_a_guest_gives_nothing(in_acme: Acme) -> None:
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to(in_acme.dan), role=Role.MANAGE)
    with pytest.raises(TooWeak):
        grant_on_folder(in_acme.dan, in_acme.folder.pk, to=to(in_acme.carol), role=Role.READ)
