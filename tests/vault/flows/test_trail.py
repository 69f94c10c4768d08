"""The trail in sentences, filtered, checked and taken out."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from sharing.flows.create import Terms, create_link
from tenants.errors import TooWeak
from tenants.flows.tokens import create_token
from tenants.models import ApiToken
from tenants.scoping import scope
from tenants.trail import Wanted, count_trail
from tests.cast import Acme
from tests.factories import put
from tests.tenants.scene import settle_the_trail
from vault.access import Role
from vault.events import Event
from vault.flows import export
from vault.flows.copy import copy_document
from vault.flows.download import download
from vault.flows.export import export_trail, guarded
from vault.flows.folders import create_folder
from vault.flows.grant import Principal, grant_on_document, revoke_grant
from vault.flows.move import move_document
from vault.flows.rename import rename
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.sentences import KINDS, actions_of, sentences
from vault.flows.trail import activity_of, chain_of, check_chain, trail_of
from vault.flows.trash import restore, trash_document
from vault.names import DisplayName


def said(acme: Acme, who: str = "alice", wanted: Wanted | None = None) -> list[str]:
    settle_the_trail()
    return [told.words for told in trail_of(getattr(acme, who), wanted or Wanted()).events]


def test_every_event_has_its_sentence() -> None:
    events = {
        str(event)
        for app in ("tenants", "vault", "sharing")
        for event in import_module(f"{app}.events").Event
    }
    assert set(sentences()) == events


def test_every_event_is_of_a_kind_that_can_be_asked_for() -> None:
    asked = [action for kind in KINDS for action in actions_of(kind)]
    assert sorted(asked) == sorted(sentences())


def test_acts_are_told_with_the_names_of_today(in_acme: Acme) -> None:
    contract, dan = in_acme.contract.pk, Principal("user", in_acme.dan.user_id)
    grant = grant_on_document(in_acme.alice, contract, to=dan, role=Role.READ)
    rename(in_acme.bob, contract, to=DisplayName("treaty.pdf"))
    download(in_acme.carol, contract)
    create_link(in_acme.bob, contract, terms=Terms())
    revoke_grant(in_acme.alice, grant.pk)
    inner = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Inner"))
    move_document(in_acme.bob, contract, to=inner.pk)
    copy_document(in_acme.bob, contract, to=in_acme.folder.pk)
    restore(in_acme.bob, trash_document(in_acme.bob, contract).pk)
    ends = said(in_acme)[7]
    assert said(in_acme)[:11] == [
        "Bob restored “treaty.pdf” from the trash",
        "Bob moved “treaty.pdf” to the trash",
        "Bob made “treaty.pdf”, a copy of “treaty.pdf”",
        "Bob opened version 1 of “treaty.pdf”",
        "Bob moved “treaty.pdf” from “Invoices” to “Inner”",
        "Bob created the folder “Inner”",
        "Alice took from Dan the access to “treaty.pdf”: Can download",
        ends,
        "Carol opened version 1 of “treaty.pdf”",
        "Bob renamed “contract.pdf” to “treaty.pdf”",
        "Alice gave Dan access to “treaty.pdf”: Can download",
    ]
    assert ends.startswith("Bob created a link to “treaty.pdf” that ends on ")


def test_the_first_day_of_an_organisation_is_told(in_acme: Acme) -> None:
    assert said(in_acme)[::-1][:4] == [
        "Alice founded the organisation",
        "Alice added Bob as Member",
        "Alice added Carol as Member",
        "Alice added Dan as Guest",
    ]


def test_only_admins_read_the_trail(in_acme: Acme) -> None:
    for who in ("bob", "carol", "dan"):
        with pytest.raises(TooWeak):
            trail_of(getattr(in_acme, who), Wanted())
        with pytest.raises(TooWeak):
            chain_of(getattr(in_acme, who))


def test_a_weak_token_of_an_admin_does_not_read_it(in_acme: Acme) -> None:
    until = timezone.now() + timedelta(days=1)
    create_token(in_acme.alice, name="reader", scope=ApiToken.Scope.READ, expires_at=until)
    with pytest.raises(TooWeak):
        trail_of(replace(in_acme.alice, scope=ApiToken.Scope.READ), Wanted())


def test_filters_narrow_and_pages_go_on(in_acme: Acme) -> None:
    papers = [put(in_acme.bob, in_acme.folder.pk, f"{n}.pdf") for n in range(60)]
    settle_the_trail()
    by_bob = Wanted(actor=in_acme.bob.user_id)
    first = trail_of(in_acme.alice, by_bob)
    second = trail_of(in_acme.alice, by_bob, before=first.next)
    numbers = [told.entry.seq for page in (first, second) for told in page.events]
    assert len(numbers) == 60 == count_trail(by_bob)
    assert numbers == sorted(numbers, reverse=True)
    assert said(in_acme, wanted=Wanted(about=papers[7].pk)) == ["Bob filed “7.pdf”"]
    assert said(in_acme, wanted=Wanted(actions=[Event.FOLDER_CREATED])) == [
        "Alice created the folder “Invoices”"
    ]
    now = timezone.now()
    assert count_trail(Wanted(since=now + timedelta(hours=1))) == 0
    assert count_trail(Wanted(until=now - timedelta(hours=1))) == 0
    assert count_trail(Wanted(since=now - timedelta(hours=1))) == count_trail(Wanted())


def test_the_activity_of_a_document_is_for_who_may_share_it(in_acme: Acme) -> None:
    create_link(in_acme.bob, in_acme.contract.pk, terms=Terms())
    settle_the_trail()
    _held, page = activity_of(in_acme.bob, in_acme.contract.pk)
    assert [told.words.split(" ")[1] for told in page.events] == ["created", "filed"]
    with pytest.raises(TooWeak):
        activity_of(in_acme.carol, in_acme.contract.pk)


def test_a_guest_who_edits_sees_no_activity(in_acme: Acme) -> None:
    dan = Principal("user", in_acme.dan.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=dan, role=Role.EDIT)
    with pytest.raises(TooWeak):
        activity_of(in_acme.dan, in_acme.contract.pk)


def test_the_activity_names_no_folder_that_its_reader_may_not_see(in_acme: Acme) -> None:
    secret = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Takeover"))
    restrict_document(in_acme.alice, in_acme.contract.pk)
    bob = Principal("user", in_acme.bob.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=bob, role=Role.EDIT)
    restrict_folder(in_acme.alice, secret.pk)
    move_document(in_acme.alice, in_acme.contract.pk, to=secret.pk)
    settle_the_trail()
    _held, page = activity_of(in_acme.bob, in_acme.contract.pk)
    assert page.events[0].words == "Alice moved “contract.pdf” from “Invoices” to “\N{EN DASH}”"


def test_the_state_of_the_chain_is_what_the_last_check_found(in_acme: Acme) -> None:
    settle_the_trail()
    before = chain_of(in_acme.alice)
    assert (before.state, before.checked_at) == ("", None)
    assert check_chain(in_acme.alice).state == "whole"
    settle_the_trail()
    after = chain_of(in_acme.alice)
    assert (after.state, after.checked_seq, after.seq) == ("whole", before.seq, before.seq + 1)


def exported(acme: Acme, wanted: Wanted, form: str) -> str:
    with scope(acme.tenant_id):
        settle_the_trail()
        made = export_trail(acme.alice, wanted, organisation="Acme Ltd")
        return "".join(made.lines(form))  # type: ignore[arg-type]


def test_an_export_holds_exactly_what_is_filtered(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "=1+1.pdf")
    wanted = Wanted(actor=acme.bob.user_id)
    told = json.loads(exported(acme, wanted, "json"))
    assert told["organisation"] == "Acme Ltd"
    assert told["filter"] == {"actor": str(acme.bob.user_id)}
    assert told["zone"] == "UTC"
    with scope(acme.tenant_id):
        assert [e["what"] for e in told["events"]] == said(acme, wanted=wanted)
    lines = exported(acme, wanted, "csv").splitlines(keepends=True)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [row["what"] for row in rows] == [e["what"] for e in told["events"]]
    assert [row["hash"] for row in rows] == [e["hash"] for e in told["events"]]


def test_a_long_export_is_whole_and_ends_at_its_beginning(
    acme: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "AT_A_TIME", 2)
    told = json.loads(exported(acme, Wanted(), "json"))
    numbers = [event["seq"] for event in told["events"]]
    assert numbers == list(range(told["events_up_to"], 0, -1))


def test_an_export_is_recorded(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "bill.pdf")
    exported(acme, Wanted(actor=acme.bob.user_id), "csv")
    with scope(acme.tenant_id):
        assert said(acme)[0] == "Alice exported 1 events of the trail"


def test_only_admins_take_the_trail_out(in_acme: Acme) -> None:
    for who in ("bob", "carol", "dan"):
        with pytest.raises(TooWeak):
            export_trail(getattr(in_acme, who), Wanted(), organisation="Acme Ltd")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([guarded(cell)])
    assert out.getvalue().lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", ["Invoice", "", "a=b", 17, "'="])
def test_what_is_no_formula_stays_as_it_is(cell: str | int) -> None:
    assert guarded(cell) == cell
