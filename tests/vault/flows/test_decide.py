"""Deciding: what is given, for how long, by whom, and once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from tenants.actor import Member
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.flows.leave import end_membership
from tenants.models import ApiToken
from tenants.scoping import scope
from tests.cast import Acme, found_acme, signed_in
from tests.tenants.scene import weaker
from tests.vault.scene import all_at_once, api_of, trail
from vault.access import Role
from vault.errors import AlreadyDecided
from vault.flows.ask import ask_for_document, ask_for_folder
from vault.flows.decide import approve, decline
from vault.flows.grant import Principal, grant_on_document, revoke_grant
from vault.flows.news import news_of
from vault.flows.requests import requests_of, waiting_for
from vault.models import AccessRequest, DocumentUserGrant
from vault.rights.fetching import fetch_document

WEEK = timedelta(days=7)


def asked(acme: Acme, who: str = "dan", role: Role = Role.READ) -> UUID:
    asker: Member = getattr(acme, who)
    ask_for_document(asker, acme.contract.pk, role=role)
    return AccessRequest.objects.get(asker=asker.user_id, state="open").pk


def role_of(acme: Acme, who: str) -> Role:
    return fetch_document(getattr(acme, who), acme.contract.pk).role


def key_of(acme: Acme, who: str) -> DocumentUserGrant:
    person = getattr(acme, who).user_id
    return DocumentUserGrant.objects.get(content_object=acme.contract.pk, user=person)


def give(acme: Acme, who: str, role: Role) -> UUID:
    to = Principal("user", getattr(acme, who).user_id)
    return grant_on_document(acme.alice, acme.contract.pk, to=to, role=role).pk


def heard(acme: Acme, who: str) -> list[str]:
    return [news.words for news in news_of(getattr(acme, who))[0]]


def test_what_is_approved_is_given(in_acme: Acme, mailoutbox: list[EmailMessage]) -> None:
    request = asked(in_acme)
    mailoutbox.clear()
    done = approve(in_acme.alice, request)
    assert role_of(in_acme, "dan") == Role.READ
    assert (done.outcome, done.decided_by_id) == ("approved", in_acme.alice.user_id)
    words = "Alice approved your request: you have access to “contract.pdf”"
    assert heard(in_acme, "dan") == [words]
    (mail,) = mailoutbox  # one, although a key was given
    assert mail.subject == words
    assert waiting_for(in_acme.alice)[0] == []


def test_the_trail_holds_the_decision_and_the_key(in_acme: Acme) -> None:
    approve(in_acme.alice, asked(in_acme))
    (event,) = trail(in_acme.tenant_id, "vault:access:approved")
    assert event["facts"] == {
        "role": "read",
        "target": str(in_acme.contract.pk),
        "user": str(in_acme.dan.user_id),
        "until": None,
    }
    assert trail(in_acme.tenant_id, "vault:access:granted")[-1]["facts"]["role"] == "read"


def test_a_week_is_a_week(in_acme: Acme) -> None:
    request = asked(in_acme)
    approve(in_acme.alice, request, days=7)
    end = key_of(in_acme, "dan").expires_at
    assert end is not None
    assert abs(end - timezone.now() - WEEK) < timedelta(minutes=1)
    assert AccessRequest.objects.get().until == end
    assert "you have access to “contract.pdf” until" in heard(in_acme, "dan")[0]
    DocumentUserGrant.objects.update(expires_at=timezone.now())
    with pytest.raises(NotFound):
        role_of(in_acme, "dan")


def test_another_role_may_be_given(in_acme: Acme) -> None:
    approve(in_acme.alice, asked(in_acme, role=Role.MANAGE), role=Role.PREVIEW)
    assert role_of(in_acme, "dan") == Role.PREVIEW
    assert AccessRequest.objects.get().role == "preview"


def test_what_is_declined_is_answered_without_a_name(in_acme: Acme) -> None:
    decline(in_acme.alice, asked(in_acme), note="Ask Bob, please")
    (mine,), _ = requests_of(in_acme.dan)
    assert (mine.asked.outcome, mine.asked.answer, mine.decided_by) == (
        "declined",
        "Ask Bob, please",
        "Alice",
    )
    assert mine.node is None
    assert heard(in_acme, "dan") == ["Alice declined your request for access"]
    assert len(trail(in_acme.tenant_id, "vault:access:declined")) == 1
    asked(in_acme)  # whoever was declined may ask again


def test_a_request_is_decided_once(in_acme: Acme) -> None:
    request = asked(in_acme)
    approve(in_acme.alice, request)
    for decide in (approve, decline):
        with pytest.raises(AlreadyDecided):
            decide(in_acme.alice, request)
    assert AccessRequest.objects.get().outcome == "approved"


def test_what_has_ended_is_not_decided(in_acme: Acme) -> None:
    request = asked(in_acme)
    AccessRequest.objects.update(created_at=timezone.now() - timedelta(days=30))
    with pytest.raises(AlreadyDecided):
        approve(in_acme.alice, request)
    with pytest.raises(NotFound):
        role_of(in_acme, "dan")


def test_who_lost_the_right_to_manage_decides_nothing(in_acme: Acme) -> None:
    grant = give(in_acme, "carol", Role.MANAGE)
    request = asked(in_acme)
    assert len(waiting_for(in_acme.carol)[0]) == 1
    revoke_grant(in_acme.alice, grant)
    for decide in (approve, decline):
        with pytest.raises(TooWeak):
            decide(in_acme.carol, request)
    with pytest.raises(NotFound):
        approve(in_acme.dan, request)
    assert AccessRequest.objects.get().outcome == "open"


def test_a_weak_token_decides_nothing(in_acme: Acme) -> None:
    request = asked(in_acme)
    alice = weaker(in_acme.alice, ApiToken.Scope.EDIT)
    assert waiting_for(alice)[0] == []
    with pytest.raises(TooWeak):
        approve(alice, request)


def test_who_has_as_much_by_now_keeps_what_they_have(in_acme: Acme) -> None:
    request = asked(in_acme, role=Role.READ)
    give(in_acme, "dan", Role.EDIT)
    done = approve(in_acme.alice, request, days=7)
    key = key_of(in_acme, "dan")
    assert (key.role, key.expires_at, done.until) == (Role.EDIT, None, None)
    assert done.outcome == "approved"


def test_a_key_that_ends_takes_the_place_of_no_lasting_one(in_acme: Acme) -> None:
    give(in_acme, "dan", Role.READ)
    request = asked(in_acme, role=Role.EDIT)
    with pytest.raises(Invalid, match="lasts longer"):
        approve(in_acme.alice, request, days=7)
    assert AccessRequest.objects.get().outcome == "open"
    assert key_of(in_acme, "dan").role == Role.READ
    approve(in_acme.alice, request)
    assert (key_of(in_acme, "dan").role, key_of(in_acme, "dan").expires_at) == (Role.EDIT, None)


def test_the_request_of_who_left_is_gone(in_acme: Acme) -> None:
    request = asked(in_acme)
    end_membership(in_acme.alice, in_acme.dan.membership_id)
    with pytest.raises(NotFound):
        approve(in_acme.alice, request)


def test_a_folder_is_given_as_well(in_acme: Acme) -> None:
    ask_for_folder(in_acme.dan, in_acme.folder.pk, role=Role.EDIT)
    approve(in_acme.alice, AccessRequest.objects.get().pk)
    assert role_of(in_acme, "dan") == Role.EDIT


@pytest.mark.parametrize("times", [3])
def test_of_two_who_decide_at_once_one_does(committed: None, times: int) -> None:
    for _ in range(times):
        acme = found_acme()
        with scope(acme.tenant_id):
            to = Principal("user", acme.bob.user_id)
            grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.MANAGE)
            request = asked(acme)

        def yes(acme: Acme = acme, request: UUID = request) -> str:
            with scope(acme.tenant_id):
                return approve(acme.alice, request).outcome

        def no(acme: Acme = acme, request: UUID = request) -> str:
            with scope(acme.tenant_id):
                return decline(acme.bob, request).outcome

        results = all_at_once([yes, no])
        late = [result for result in results if isinstance(result, BaseException)]
        assert [type(error) for error in late] == [AlreadyDecided]
        with scope(acme.tenant_id):
            outcome = AccessRequest.objects.get().outcome
            assert [result for result in results if result not in late] == [outcome]
            keys = DocumentUserGrant.objects.filter(user=acme.dan.user_id).count()
            assert keys == (outcome == "approved")


def test_the_page_decides_and_says_so(acme: Acme) -> None:
    with scope(acme.tenant_id):
        request = asked(acme)
    alice, base = signed_in(acme.alice), f"/o/{acme.slug}/requests/"
    page = alice.get(base).content.decode()
    assert "contract.pdf" in page
    assert '<span class="nav-count">1' in page
    sent = {"role": "read", "days": "7"}
    done = alice.post(f"{base}{request}/approve/", sent, follow=True)
    assert "Access given." in done.content.decode()
    late = alice.post(f"{base}{request}/decline/", {"note": "No"}, follow=True)
    assert "decided already" in late.content.decode()
    with scope(acme.tenant_id):
        assert key_of(acme, "dan").expires_at is not None
    mine = signed_in(acme.dan).get(base).content.decode()
    assert "Approved" in mine
    assert "contract.pdf" in mine


@pytest.mark.parametrize("sent", [{}, {"role": "none"}, {"role": "read", "days": "0"}])
def test_a_form_that_is_not_ours_decides_nothing(acme: Acme, sent: dict[str, str]) -> None:
    with scope(acme.tenant_id):
        request = asked(acme)
    answer = signed_in(acme.alice).post(f"/o/{acme.slug}/requests/{request}/approve/", sent)
    assert answer.status_code == 422


def test_the_api_decides(acme: Acme) -> None:
    with scope(acme.tenant_id):
        request = asked(acme)
    alice = api_of(acme.alice, acme.slug)
    (one,) = alice.get("/access-requests").json()["items"]
    assert (one["name"], one["holds"], one["state"]) == ("contract.pdf", None, "open")
    done = alice.send("POST", f"/access-requests/{request}/approval", {"days": 3})
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    late = alice.send("POST", f"/access-requests/{request}/refusal", {})
    assert (late.status_code, late.json()["code"]) == (409, "already_decided")
    (mine,) = api_of(acme.dan, acme.slug).get("/access-requests", box="mine").json()["items"]
    assert (mine["name"], mine["state"]) == ("contract.pdf", "approved")
    assert mine["expires_at"] == done.json()["expires_at"]
