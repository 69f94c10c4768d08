"""Viewing as another: who may, what they see, how it is recorded, and how it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tenants.flows.leave import change_role, end_membership
from tenants.flows.teams import remove_from_team
from tenants.flows.view_as import VIEWING
from tenants.models import MembershipRole, Team
from tenants.scoping import scope
from tenants.trail import Wanted
from tests.cast import Acme, Rival, signed_in
from tests.factories import body
from tests.tenants.scene import acts, program, settle_the_trail
from tests.vault.viewing import auditors, begin, end, eyes, has_banner, joins, viewing_as
from vault.access import Role
from vault.flows.folders import home_of
from vault.flows.founding import join_organisation
from vault.flows.grant import Principal, grant_on_document, revoke_grant
from vault.flows.news import news_of
from vault.flows.trail import trail_of


def page(client: Client, acme: Acme, path: str = "files/") -> Any:
    return client.get(f"/o/{acme.slug}/{path}")


def document(acme: Acme) -> str:
    return f"d/{acme.contract.pk}/"


def said(acme: Acme) -> list[str]:
    settle_the_trail()
    with scope(acme.tenant_id):
        return [told.words for told in trail_of(acme.alice, Wanted()).events]


def last(acme: Acme, action: str) -> dict[str, Any]:
    return [act for act in acts(acme.alice) if act["action"] == action][-1]


@pytest.mark.parametrize("name", ["bob", "carol", "dan"])
def test_only_owners_and_admins_view_as_another(acme: Acme, name: str) -> None:
    client = signed_in(getattr(acme, name))
    assert begin(client, acme, acme.alice).status_code == 403
    assert VIEWING not in client.session


def test_an_admin_views_as_an_owner(acme: Acme) -> None:
    alex = eyes(acme, "alex")
    client = signed_in(alex)
    assert begin(client, acme, acme.alice).status_code == 302
    assert "as <strong" in body(page(client, acme)).decode()
    assert page(client, acme, "admin/audit/").status_code == 403


def test_nobody_views_as_themselves_or_as_somebody_from_elsewhere(
    acme: Acme, rival: Rival
) -> None:
    client = signed_in(acme.alice)
    with scope(rival.tenant_id):
        theirs = Team.objects.get(is_everyone=True)
    for chosen in (acme.alice, rival.mallory, theirs):
        assert begin(client, acme, chosen).status_code == 422
    assert VIEWING not in client.session


def test_it_begins_at_the_page_that_was_asked_for_and_ends_there(acme: Acme) -> None:
    client, there = signed_in(acme.alice), f"/o/{acme.slug}/{document(acme)}"
    chosen = page(client, acme, f"view-as/?who=user:{acme.carol.user_id}&back={there}")
    assert f'value="user:{acme.carol.user_id}" selected' in body(chosen).decode()
    assert begin(client, acme, acme.carol, back=there)["Location"] == there
    assert f'name="back" value="{there}"' in body(client.get(there)).decode()
    assert end(client, acme, back=there)["Location"] == there
    assert not has_banner(client.get(there))
    for elsewhere in ("https://evil.example/", "//evil.example/", ""):
        assert end(client, acme, back=elsewhere)["Location"] == f"/o/{acme.slug}/files/"


def test_the_banner_says_as_whom_that_nothing_changes_and_until_when(acme: Acme) -> None:
    shown = body(page(viewing_as(acme, acme.carol), acme)).decode()
    names = ("<bdi>Acme Ltd</bdi>", "<bdi>Carol</bdi>", "(Member)")
    for words in (*names, "Nothing can be changed.", "Ends <time"):
        assert words in shown
    team = body(page(viewing_as(acme, eyes(acme, "auditors")), acme, document(acme))).decode()
    assert "as the team" in team
    assert "<bdi>Auditors</bdi>" in team


def test_pages_that_are_not_for_the_other_are_not_there_and_keep_the_banner(acme: Acme) -> None:
    client = viewing_as(acme, acme.dan)
    for path in ("files/", document(acme), f"files/{acme.folder.pk}/"):
        answer = page(client, acme, path)
        assert answer.status_code == 404
        assert has_banner(answer)


def test_it_holds_in_one_session_and_one_organisation(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        join_organisation(
            rival.mallory, User.objects.get(pk=acme.alice.user_id), MembershipRole.ADMIN
        )
    client, other = viewing_as(acme, acme.carol), signed_in(acme.alice)
    assert has_banner(page(client, acme))
    assert not has_banner(client.get(f"/o/{rival.slug}/files/"))
    assert not has_banner(page(other, acme))
    assert client.get(f"/o/{rival.slug}/news/").status_code == 200


def test_a_token_never_acts_as_another(acme: Acme) -> None:
    viewing_as(acme, acme.dan)
    assert program(acme.alice).get(f"/api/v1/o/{acme.slug}/usage").status_code == 200


def test_what_is_given_and_taken_meanwhile_holds_for_the_next_page(acme: Acme) -> None:
    client = viewing_as(acme, acme.dan)
    assert page(client, acme, document(acme)).status_code == 404
    with scope(acme.tenant_id):
        dan = Principal("user", acme.dan.user_id)
        grant = grant_on_document(acme.alice, acme.contract.pk, to=dan, role=Role.READ)
    assert page(client, acme, document(acme)).status_code == 200
    with scope(acme.tenant_id):
        revoke_grant(acme.alice, grant.pk)
    assert page(client, acme, document(acme)).status_code == 404


def test_a_team_is_seen_with_its_keys_whoever_is_in_it(acme: Acme) -> None:
    team = eyes(acme, "auditors")
    assert isinstance(team, Team)
    with scope(acme.tenant_id):
        remove_from_team(acme.alice, team.pk, acme.dan.membership_id)
    client = viewing_as(acme, team)
    shown = body(page(client, acme, document(acme))).decode()
    assert "Auditors: Can edit." in shown
    assert page(client, acme, "shared/").context["documents"][0]["role_words"] == "Can edit"


def test_what_the_other_may_do_is_told_and_not_offered(acme: Acme) -> None:
    shown = body(page(viewing_as(acme, acme.bob), acme, document(acme))).decode()
    assert "Bob: Can edit." in shown
    for offered in ("/content/", "/share/", "/rename/", "/star/", "/access/", "/activity/"):
        assert offered not in shown


def test_what_is_personal_stays_theirs(acme: Acme) -> None:
    theirs = signed_in(acme.carol)
    theirs.post(f"/o/{acme.slug}/d/{acme.contract.pk}/star/", {"starred": "on"})
    shown = body(page(viewing_as(acme, acme.carol), acme, f"files/{acme.folder.pk}/")).decode()
    assert "Starred" not in shown
    assert f"/o/{acme.slug}/news/" not in shown
    assert "Starred" in body(page(theirs, acme, f"files/{acme.folder.pk}/")).decode()


def test_an_order_is_looked_at_and_not_kept(acme: Acme) -> None:
    page(viewing_as(acme, acme.carol), acme, "files/?sort=-size")
    people = User.objects.filter(pk__in=(acme.alice.user_id, acme.carol.user_id))
    assert {person.sort for person in people} == {""}


def test_beginning_and_end_are_recorded_with_both_names(acme: Acme) -> None:
    client = viewing_as(acme, acme.carol)
    begun = last(acme, "tenants:viewing:begun")
    assert begun["actor"]["user"] == str(acme.alice.user_id)
    assert begun["facts"]["member"] == str(acme.carol.membership_id)
    assert begun["subject"] == {"kind": "membership", "id": str(acme.carol.membership_id)}
    end(client, acme)
    assert last(acme, "tenants:viewing:ended")["facts"]["why"] == "chosen"
    viewing_as(acme, eyes(acme, "auditors"))
    told = said(acme)
    assert told[0] == "Alice began to view the organisation as Auditors"
    assert "Alice stopped viewing the organisation as Carol" in told
    assert "Alice began to view the organisation as Carol" in told


def test_ending_what_never_began_is_no_event(acme: Acme) -> None:
    assert end(signed_in(acme.carol), acme).status_code == 302
    assert "tenants:viewing:ended" not in {act["action"] for act in acts(acme.alice)}


@pytest.mark.parametrize("other", ["carol", "bob"])
def test_a_home_that_is_opened_so_is_recorded_and_told_as_ever(
    acme: Acme, other: str, mailoutbox: list[EmailMessage]
) -> None:
    """Carol's, through her own eyes; through Bob's it is not there."""
    with scope(acme.tenant_id):
        home = home_of(acme.carol)
    assert home is not None
    answer = page(viewing_as(acme, getattr(acme, other)), acme, f"files/{home.pk}/")
    with scope(acme.tenant_id):
        news = [told.words for told in news_of(acme.carol)[0]]
    if other == "bob":
        assert (answer.status_code, news, mailoutbox) == (404, [], [])
        return
    assert answer.status_code == 200
    opened = last(acme, "vault:home:opened")["actor"]
    assert opened == {
        "kind": "member",
        "id": str(acme.alice.membership_id),
        "user": str(acme.alice.user_id),
        "as_member": str(acme.carol.membership_id),
    }
    assert len(news) == len(mailoutbox) == 1
    assert "Alice" in news[0]
    assert said(acme)[0] == "Alice (viewing as Carol) opened the own folder of “Carol”"


def test_an_own_home_that_is_seen_so_is_nobodys_news(acme: Acme) -> None:
    """Alice's, through the eyes of an admin."""
    with scope(acme.tenant_id):
        home = home_of(acme.alice)
    assert home is not None
    assert page(viewing_as(acme, eyes(acme, "alex")), acme, f"files/{home.pk}/").status_code == 200
    assert "vault:home:opened" not in {act["action"] for act in acts(acme.alice)}


def is_over(client: Client, acme: Acme, *, why: str) -> None:
    answer = page(client, acme)
    assert not has_banner(answer)
    assert "through your own eyes again" in body(answer).decode()
    assert last(acme, "tenants:viewing:ended")["facts"]["why"] == why
    assert "through your own eyes again" not in body(page(client, acme)).decode()


def test_it_ends_by_itself_after_half_an_hour(acme: Acme) -> None:
    client = viewing_as(acme, acme.carol)
    session = client.session
    kind, identity, until = session[VIEWING][str(acme.tenant_id)]
    in_time = timezone.now() + timedelta(minutes=30)
    assert abs(until - in_time.timestamp()) < 10
    session[VIEWING] = {str(acme.tenant_id): [kind, identity, until - 30 * 60 - 1]}
    session.save()
    is_over(client, acme, why="over")


def test_it_ends_with_the_membership(acme: Acme) -> None:
    client = viewing_as(acme, acme.carol)
    with scope(acme.tenant_id):
        end_membership(acme.alice, acme.carol.membership_id)
    is_over(client, acme, why="gone")


def test_it_ends_with_the_team(acme: Acme) -> None:
    with scope(acme.tenant_id):
        team = auditors(acme)
    client = viewing_as(acme, team)
    with scope(acme.tenant_id):
        Team.objects.filter(pk=team.pk).delete()
    is_over(client, acme, why="gone")


def test_it_ends_with_the_office(acme: Acme) -> None:
    alex = joins(acme, "alex", MembershipRole.ADMIN)
    client = signed_in(alex)
    begin(client, acme, acme.carol)
    with scope(acme.tenant_id):
        change_role(acme.alice, alex.membership_id, to=MembershipRole.MEMBER)
    is_over(client, acme, why="gone")


def test_it_ends_with_the_seat_of_who_views(acme: Acme) -> None:
    alex = joins(acme, "alex", MembershipRole.ADMIN)
    client = signed_in(alex)
    begin(client, acme, acme.carol)
    with scope(acme.tenant_id):
        end_membership(acme.alice, alex.membership_id)
    answer = page(client, acme)
    assert answer.status_code == 404
    assert not has_banner(answer)


def test_it_ends_with_signing_out(acme: Acme) -> None:
    client = viewing_as(acme, acme.carol)
    client.post("/account/logout/")
    ended = last(acme, "tenants:viewing:ended")
    assert ended["facts"]["why"] == "signed-out"
    assert ended["actor"]["user"] == str(acme.alice.user_id)
