"""`explain_access`: one folder or document, or all that a person can reach."""

from accounts.ids import uuid7
from accounts.models import User
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole
from tenants.scoping import scope
from tests.cast import Acme, Rival, found_acme, member
from tests.vault.commands.test_commands import email, run, text
from tests.vault.moments import now_in_the_database
from vault.access import Role
from vault.flows.founding import join_organisation
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.restrict import restrict_document, restrict_folder


def test_access_is_explained(acme: Acme) -> None:
    code, facts = run("explain_access", email(acme.bob.user_id), acme.contract.pk)
    assert (code, facts["ok"], facts["role"]) == (0, True, "edit")
    assert facts["document"] == "contract.pdf"
    assert facts["reasons"][0].startswith("Can edit: given on the folder “Invoices” by Alice")
    code, words = text("explain_access", email(acme.bob.user_id), acme.contract.pk)
    assert code == 0
    assert "on “contract.pdf”: edit\n  - Can edit:" in words


def test_who_has_no_access_is_told_by_the_exit_code(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
    code, facts = run("explain_access", email(acme.carol.user_id), acme.contract.pk)
    assert (code, facts["role"], facts["reasons"]) == (3, "none", [])
    for person, document in (
        (email(rival.mallory.user_id), acme.contract.pk),
        (email(acme.carol.user_id), uuid7()),
        ("nobody@x.example", acme.contract.pk),
    ):
        code, facts = run("explain_access", person, document)
        assert (code, facts["code"]) == (2, "not_found")


def test_access_is_explained_to_who_sits_in_several_organisations(acme: Acme) -> None:
    other = found_acme()
    with scope(other.tenant_id):
        seat = member(other.alice, "erin")
    address = email(seat.user_id)
    assert run("explain_access", address, other.contract.pk)[1]["role"] == "read"
    assert run("explain_access", address, acme.contract.pk)[0] == 2
    assert run("explain_access", address, other.contract.pk, "--org", other.slug)[0] == 0
    assert run("explain_access", address, other.contract.pk, "--org", acme.slug)[0] == 2


def test_access_to_a_folder_is_explained(acme: Acme) -> None:
    code, facts = run("explain_access", email(acme.bob.user_id), acme.folder.pk)
    assert (code, facts["ok"], facts["folder"], facts["role"]) == (0, True, "Invoices", "edit")
    assert len(facts["reasons"]) == 2
    code, words = text("explain_access", email(acme.bob.user_id), acme.folder.pk)
    assert (code, words.startswith(email(acme.bob.user_id))) == (0, True)
    assert "on “Invoices”: edit\n  - Can edit:" in words
    with scope(acme.tenant_id):
        restrict_folder(acme.alice, acme.folder.pk)
    assert run("explain_access", email(acme.carol.user_id), acme.folder.pk)[0] == 3


def test_all_that_a_person_reaches_is_told(acme: Acme) -> None:
    with scope(acme.tenant_id):
        team = create_team(acme.alice, name="Buyers")
        add_to_team(acme.alice, team.pk, acme.dan.membership_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=Principal("team", team.pk), role=Role.READ)
    address = email(acme.dan.user_id)
    code, facts = run("explain_access", address)
    assert (code, facts["person"], facts["organisation"]) == (0, address, acme.slug)
    assert (facts["seat"], facts["everything"]) == ("guest", False)
    none = {"preview": 0, "edit": 0, "manage": 0}
    assert facts["documents"] == {"total": 1, "read": 1, **none}
    (key,) = facts["keys"]
    assert (key["name"], key["way"], key["team"]) == ("Invoices", ["Acme Ltd"], "Buyers")
    assert (key["role"], key["granted_by"], key["documents"]) == ("read", "Alice", 1)
    code, words = text("explain_access", address)
    assert code == 0
    assert "documents: total 1, preview 0, read 1, edit 0, manage 0" in words
    assert "read on the folder “Invoices”, as part of Buyers, given by Alice on " in words


def test_owners_reach_everything(acme: Acme) -> None:
    code, facts = run("explain_access", email(acme.alice.user_id))
    assert (code, facts["everything"], facts["documents"]["manage"]) == (0, True, 1)
    assert "manage on everything" in text("explain_access", email(acme.alice.user_id))[1]


def test_who_sits_in_several_organisations_is_asked_about_one(acme: Acme) -> None:
    other = found_acme()
    with scope(other.tenant_id):
        bob = User.objects.get(pk=acme.bob.user_id)
        join_organisation(other.alice, bob, MembershipRole.MEMBER)
    code, facts = run("explain_access", bob.email)
    assert (code, facts["code"]) == (2, "invalid")
    assert acme.slug in facts["detail"]
    assert other.slug in facts["detail"]
    assert run("explain_access", bob.email, "--org", other.slug)[1]["organisation"] == other.slug
    assert run("explain_access", bob.email, "--org", "no-such")[0] == 2
    assert run("explain_access", "nobody@x.example")[0] == 2


def test_a_past_moment_is_explained(acme: Acme) -> None:
    with scope(acme.tenant_id):
        before = now_in_the_database()
        to = Principal("user", acme.dan.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.EDIT)
    who, node = email(acme.dan.user_id), acme.contract.pk
    assert run("explain_access", who, node)[0] == 0
    assert run("explain_access", who, node, f"--at={before.isoformat()}")[0] == 3
    assert run("explain_access", who, node, "--at=2001-01-01")[0] == 3
    today = before.date().isoformat()
    assert run("explain_access", who, node, f"--at={today}")[1]["role"] == "edit"
