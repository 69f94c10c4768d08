"""Asking: who is told, how often, and that nothing is learned by it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.ids import uuid7
from tenants.actor import Member
from tenants.errors import Invalid, NotFound
from tenants.flows.leave import end_membership
from tenants.models import Notification
from tenants.scoping import scope
from tests.cast import Acme, found_acme
from tests.vault.rows import crowd_of
from tests.vault.scene import all_at_once, trail
from vault.access import Role
from vault.errors import TooManyAsked
from vault.flows.ask import (
    MOST,
    ask_for_document,
    ask_for_folder,
    forget_old_requests,
    tell_managers_later,
)
from vault.flows.decide import decline
from vault.flows.folders import home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.news import news_of
from vault.flows.requests import PAGE, requests_of, waiting_for
from vault.flows.restrict import restrict_document
from vault.flows.trash import trash_document
from vault.models import AccessRequest, Document

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def heard(acme: Acme, who: str) -> list[str]:
    return [news.words for news in news_of(getattr(acme, who))[0]]


def waits_for(actor: Member) -> list[tuple[UUID, str]]:
    return [(one.asked.asker_id, one.held.node.name) for one in waiting_for(actor)[0]]


def age(by: timedelta) -> None:
    then = timezone.now() - by
    AccessRequest.objects.update(created_at=then, told_at=then)
    Notification.objects.update(created_at=then)


def test_whoever_manages_it_by_a_key_is_asked(in_acme: Acme) -> None:
    bob = Principal("user", in_acme.bob.user_id)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=bob, role=Role.MANAGE)
    before = len(heard(in_acme, "bob"))
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ, note="For the audit")
    assert heard(in_acme, "bob")[0] == "Dan asks you for access to “contract.pdf”"
    assert len(heard(in_acme, "bob")) == before + 1
    assert heard(in_acme, "alice") == []  # there is somebody nearer


def test_owners_and_admins_are_asked_where_nobody_else_manages(
    in_acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_folder(in_acme.dan, in_acme.folder.pk, role=Role.EDIT)
    assert heard(in_acme, "alice") == ["Dan asks you for access to “Invoices”"]
    (mail,) = mailoutbox
    assert mail.subject == "Dan asks you for access to “Invoices”"
    assert f"/o/{in_acme.slug}/requests/" in mail.body


def test_only_who_manages_it_sees_the_request(in_acme: Acme) -> None:
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    assert waits_for(in_acme.alice) == [(in_acme.dan.user_id, "contract.pdf")]
    assert [waits_for(who) for who in (in_acme.bob, in_acme.carol, in_acme.dan)] == [[], [], []]
    key = Principal("user", in_acme.carol.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=key, role=Role.MANAGE)
    assert waits_for(in_acme.carol) == [(in_acme.dan.user_id, "contract.pdf")]
    restrict_document(in_acme.alice, in_acme.contract.pk)
    assert waits_for(in_acme.carol) == [(in_acme.dan.user_id, "contract.pdf")]
    assert waits_for(in_acme.bob) == []


def test_a_request_shows_what_a_decision_needs(in_acme: Acme) -> None:
    ask_for_document(in_acme.carol, in_acme.contract.pk, role=Role.EDIT, note=" Please\0 ")
    (one,), following = waiting_for(in_acme.alice)
    assert (one.holds, one.is_fulfilled, one.asked.note) == (Role.READ, False, "Please")
    assert [folder.pk for folder in one.way] == [in_acme.root.pk, in_acme.folder.pk]
    assert following is None


def test_what_lies_in_the_trash_is_not_asked_for(in_acme: Acme) -> None:
    trash_document(in_acme.alice, in_acme.contract.pk)
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    assert waits_for(in_acme.alice) == []
    assert heard(in_acme, "alice") == []


def test_nobody_is_told_of_a_request_for_what_one_has(in_acme: Acme) -> None:
    ask_for_document(in_acme.carol, in_acme.contract.pk, role=Role.READ)
    assert heard(in_acme, "alice") == []
    (one,), _ = waiting_for(in_acme.alice)
    assert one.is_fulfilled


def test_asking_again_says_it_better_and_tells_nobody_within_the_hour(
    in_acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    contract = in_acme.contract.pk
    ask_for_document(in_acme.dan, contract, role=Role.READ, note="Please")
    first = AccessRequest.objects.get()
    ask_for_document(in_acme.dan, contract, role=Role.EDIT, note="Please, to correct it")
    again = AccessRequest.objects.get()
    assert (again.pk, again.role, again.note) == (first.pk, "edit", "Please, to correct it")
    assert len(mailoutbox) == len(heard(in_acme, "alice")) == 1
    age(HOUR)
    ask_for_document(in_acme.dan, contract, role=Role.EDIT)
    assert len(mailoutbox) == len(heard(in_acme, "alice")) == 2


def test_a_person_waits_for_so_many_decisions_at_a_time(in_acme: Acme) -> None:
    for _ in range(MOST):
        ask_for_document(in_acme.dan, uuid7(), role=Role.READ)
    with pytest.raises(TooManyAsked):
        ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    last = AccessRequest.objects.order_by("-created_at")[0]
    ask_for_document(in_acme.dan, last.node, role=Role.EDIT)  # it is no further one
    ask_for_document(in_acme.carol, in_acme.contract.pk, role=Role.EDIT)  # nor hers his
    assert waits_for(in_acme.alice) == [(in_acme.carol.user_id, "contract.pdf")]


def test_nobody_asks_for_more_by_asking_at_once(committed: None) -> None:
    acme = found_acme()

    def ask(node: UUID) -> str:
        with scope(acme.tenant_id):
            ask_for_document(acme.dan, node, role=Role.READ)
        return "asked"

    for _ in range(MOST - 1):
        ask(uuid7())
    same, other = acme.contract.pk, uuid7()
    answers = all_at_once([lambda node=node: ask(node) for node in (same, same, other)])
    late = [answer for answer in answers if isinstance(answer, BaseException)]
    assert {type(error) for error in late} == {TooManyAsked}
    with scope(acme.tenant_id):
        asked = AccessRequest.objects.values_list("node", flat=True)
        assert len(asked) == len(set(asked)) == MOST


def test_what_nobody_decides_ends_after_thirty_days(in_acme: Acme) -> None:
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    age(30 * DAY)
    assert waits_for(in_acme.alice) == []
    (mine,), _ = requests_of(in_acme.dan)
    assert mine.asked.outcome == "ended"
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    (mine,), _ = requests_of(in_acme.dan)
    assert mine.asked.outcome == "open"
    assert waits_for(in_acme.alice) == [(in_acme.dan.user_id, "contract.pdf")]


def test_old_requests_are_forgotten(in_acme: Acme) -> None:
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    age(89 * DAY)
    forget_old_requests()
    assert AccessRequest.objects.exists()
    age(90 * DAY)
    forget_old_requests()
    assert not AccessRequest.objects.exists()


def test_the_requests_of_who_leaves_go_with_them(in_acme: Acme) -> None:
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    end_membership(in_acme.alice, in_acme.dan.membership_id)
    assert waits_for(in_acme.alice) == []
    assert not AccessRequest.objects.exists()


def test_who_has_just_left_asks_nothing(in_acme: Acme) -> None:
    end_membership(in_acme.alice, in_acme.dan.membership_id)
    with pytest.raises(NotFound):
        ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)


def test_nobody_is_told_of_what_was_decided_meanwhile(in_acme: Acme) -> None:
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ)
    asked = AccessRequest.objects.get()
    decline(in_acme.alice, asked.pk)
    told = len(heard(in_acme, "alice"))
    tell_managers_later.enqueue(str(in_acme.tenant_id), str(asked.pk))
    assert len(heard(in_acme, "alice")) == told


def test_a_note_is_not_endless(in_acme: Acme) -> None:
    with pytest.raises(Invalid):
        ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ, note="x" * 501)


def test_both_lists_come_in_pages(in_acme: Acme) -> None:
    crowd_of(in_acme.folder, documents=PAGE + 1)
    dan = {"tenant_id": in_acme.tenant_id, "asker_id": in_acme.dan.user_id, "role": "read"}
    nodes = Document.objects.filter(name__startswith="Document").values_list("pk", flat=True)
    AccessRequest.objects.bulk_create(
        AccessRequest(**dan, kind="document", node=node) for node in nodes
    )
    for read, actor in ((waiting_for, in_acme.alice), (requests_of, in_acme.dan)):
        first, cursor = read(actor)
        assert cursor is not None
        second, end = read(actor, cursor=cursor)
        assert (len(first), len(second), end) == (PAGE, 1, None)
        assert {one.asked.node for one in (*first, *second)} == set(nodes)


def test_the_trail_says_who_asked_and_the_document_does_not(in_acme: Acme) -> None:
    """Whoever may edit reads a document's activity; requests are for who manages it."""
    ask_for_document(in_acme.dan, in_acme.contract.pk, role=Role.READ, note="A secret")
    (event,) = trail(in_acme.tenant_id, "vault:access:asked")
    assert event["facts"] == {"role": "read", "target": str(in_acme.contract.pk)}
    assert event["subject"]["id"] != str(in_acme.contract.pk)


def test_a_home_is_asked_of_its_person(in_acme: Acme) -> None:
    home = home_of(in_acme.bob)
    assert home is not None
    ask_for_folder(in_acme.carol, home.pk, role=Role.READ)
    assert heard(in_acme, "bob")[0].startswith("Carol asks you")
    assert heard(in_acme, "alice") == []
