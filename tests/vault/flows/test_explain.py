"""Who can see this, and why: in sentences, and equal to what the server decides."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from tenants.errors import NotFound
from tenants.flows.leave import change_role, end_membership
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole
from tests.cast import Acme
from tests.vault.moments import now_in_the_database
from vault.access import Role
from vault.flows.explain import Entry, account_of, explain_access, keys_here
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.restrict import restrict_document
from vault.rights.fetching import fetch_document, fetch_folder


def entries(acme: Acme) -> dict[str, Entry]:
    held = fetch_document(acme.alice, acme.contract.pk)
    return {entry.person.name: entry for entry in explain_access(held)}


def words(entry: Entry) -> list[str]:
    return [cause.words for cause in entry.causes]


def today() -> str:
    return date_format(timezone.localdate(), "DATE_FORMAT")


def test_each_person_has_the_strongest_role_and_every_reason(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Accounting")
    add_to_team(in_acme.alice, team.pk, in_acme.carol.membership_id)
    grant_on_folder(
        in_acme.alice, in_acme.folder.pk, to=Principal("team", team.pk), role=Role.EDIT
    )
    told = entries(in_acme)
    assert {name: entry.role for name, entry in told.items()} == {
        "Alice": Role.MANAGE,
        "Bob": Role.EDIT,
        "Carol": Role.EDIT,
    }
    assert words(told["Carol"]) == [
        f"Can edit as part of Accounting: given on the folder “Invoices” by Alice on {today()}",
        f"Can download as part of Everyone: given on the folder “Acme Ltd” by Alice on {today()}",
    ]
    assert words(told["Alice"])[0] == "Owner of the organisation"


def test_the_order_is_by_role_and_then_by_name(in_acme: Acme) -> None:
    held = fetch_document(in_acme.alice, in_acme.contract.pk)
    assert [entry.person.name for entry in explain_access(held)] == ["Alice", "Bob", "Carol"]


def test_what_was_given_here_is_told_apart(in_acme: Acme) -> None:
    to = Principal("user", in_acme.carol.user_id)
    until = datetime(2099, 5, 1, 12, tzinfo=UTC)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.EDIT, until=until)
    told = entries(in_acme)
    assert (told["Carol"].is_direct, told["Bob"].is_direct) == (True, False)
    assert words(told["Carol"])[0] == (
        f"Can edit: given on this document by Alice on {today()}, until 1 May 2099"
    )


def test_a_giver_who_has_left_is_not_named(in_acme: Acme) -> None:
    boss = Principal("user", in_acme.bob.user_id)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=boss, role=Role.MANAGE)
    to = Principal("user", in_acme.dan.user_id)
    grant_on_document(in_acme.bob, in_acme.contract.pk, to=to, role=Role.READ)
    end_membership(in_acme.alice, in_acme.bob.membership_id)
    told = entries(in_acme)
    assert "Bob" not in told
    assert "by someone who has left" in words(told["Dan"])[0]


def test_a_wall_leaves_those_inside_and_those_who_pass_it(in_acme: Acme) -> None:
    restrict_document(in_acme.alice, in_acme.contract.pk)
    assert list(entries(in_acme)) == ["Alice"]


def test_the_explanation_is_what_the_server_decides(in_acme: Acme) -> None:
    told = entries(in_acme)
    for name in ("alice", "bob", "carol", "dan"):
        actor: Any = getattr(in_acme, name)
        try:
            role = fetch_document(actor, in_acme.contract.pk).role
        except NotFound:
            assert name.capitalize() not in told
        else:
            assert told[name.capitalize()].role == role


def test_only_the_keys_of_the_node_itself_are_listed_as_given_here(in_acme: Acme) -> None:
    folder = fetch_folder(in_acme.alice, in_acme.folder.pk)
    ((key, principal, giver),) = keys_here(folder)
    assert (key.role, principal, giver) == (Role.EDIT, "Bob", "Alice")
    assert keys_here(fetch_document(in_acme.alice, in_acme.contract.pk)) == []


@pytest.mark.parametrize("name", ["", "Alice"])
def test_a_person_without_a_name_is_called_by_their_address(in_acme: Acme, name: str) -> None:
    User.objects.filter(pk=in_acme.alice.user_id).update(name=name)
    ((_key, _to, giver),) = keys_here(fetch_folder(in_acme.alice, in_acme.folder.pk))
    user = User.objects.get(pk=in_acme.alice.user_id)
    assert giver == (name or user.email)


def test_a_past_day_knows_who_has_left_and_what_they_were(in_acme: Acme) -> None:
    change_role(in_acme.alice, in_acme.bob.membership_id, to=MembershipRole.ADMIN)
    then = now_in_the_database()
    change_role(in_acme.alice, in_acme.bob.membership_id, to=MembershipRole.MEMBER)
    end_membership(in_acme.alice, in_acme.carol.membership_id)
    held = fetch_document(in_acme.alice, in_acme.contract.pk)
    account = account_of(held, at=then)
    told = {entry.person.name: entry for entry in account.entries}
    assert set(told) == {"Alice", "Bob", "Carol"}
    assert (told["Carol"].role, told["Carol"].is_member) == (Role.READ, False)
    assert words(told["Bob"])[0] == "Admin of the organisation"
    changes = {c.person.name: (c.then, c.now) for c in account.since.changes}
    assert changes == {
        "Bob": (Role.MANAGE, Role.EDIT),
        "Carol": (Role.READ, Role.NONE),
    }
    assert account.since.total == 2
