"""The share page of a document: its links, a new one, and who has access."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from sharing.models import Link
from sharing.tokens import address_of
from tenants.models import Policy
from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from tests.sharing.scene import as_stored, let_end, link_to
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document


def address(acme: Acme) -> str:
    return f"/o/{acme.slug}/d/{acme.contract.pk}/share/"


def make(acme: Acme, **fields: object) -> Any:
    return signed_in(acme.bob).post(address(acme), {"days": "7", **fields})


def only(acme: Acme) -> Link:
    with scope(acme.tenant_id):
        return Link.objects.get()


def count(acme: Acme) -> int:
    with scope(acme.tenant_id):
        return Link.objects.count()


def test_a_link_is_made_and_its_address_shown(acme: Acme) -> None:
    response = make(acme, days="30", label=" for the auditors ")
    link = only(acme)
    page = response.content.decode()
    assert response.status_code == 200
    assert address_of(link) in page
    assert "The link is ready" in page
    assert link.label == "for the auditors"
    assert abs(link.expires_at - timezone.now() - timedelta(days=30)) < timedelta(seconds=5)


def test_a_day_that_was_chosen_is_meant_to_its_end(acme: Acme) -> None:
    day = timezone.localdate() + timedelta(days=3)
    make(acme, on=day.isoformat())
    end = only(acme).expires_at
    assert (end.date(), end.time().isoformat()) == (day + timedelta(days=1), "00:00:00")


def test_no_choice_lies_past_the_longest_that_is_allowed(acme: Acme) -> None:
    with scope(acme.tenant_id):
        Policy.objects.update(link_days_default=14, link_days_max=30)
    form = signed_in(acme.bob).get(address(acme)).context["form"]
    assert [days for days, _ in form.fields["days"].choices] == [1, 7, 14, 30]
    assert form.fields["days"].initial == 14
    assert make(acme, days="90").status_code == 422
    assert count(acme) == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": "2020-01-01"}, "The end lies in the past."),
        ({"on": "2999-01-01"}, "Links end within 90 days"),
        ({"on": "someday"}, "Enter a valid date."),
        ({"days": "5"}, "Select a valid choice."),
        ({"days": ""}, "This field is required."),
        ({"label": "x" * 121}, "at most 120 characters"),
        ({"label": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_taken_is_said(acme: Acme, fields: dict[str, str], words: str) -> None:
    response = make(acme, **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert count(acme) == 0


def test_each_link_is_listed_with_its_state_and_a_live_one_with_its_address(acme: Acme) -> None:
    live, over, off = (link_to(acme, label=name) for name in ("live", "over", "off"))
    let_end(over)
    client = signed_in(acme.bob)
    client.post(f"/o/{acme.slug}/links/{off.pk}/revoke/")
    page = client.get(address(acme))
    rows = {row["label"]: row for row in page.context["links"]}
    states = {label: row["state"] for label, row in rows.items()}
    assert states == {"live": "active", "over": "ended", "off": "revoked"}
    assert rows["live"]["url"] == address_of(live)
    assert rows["over"]["url"] == rows["off"]["url"] == ""
    shown = page.content.decode()
    for dead in (over, off):
        assert address_of(dead) not in shown
    assert {row["created_by"] for row in rows.values()} == {"Bob"}


def test_a_link_is_turned_off_at_once_and_says_so(acme: Acme) -> None:
    link, client = link_to(acme), signed_in(acme.alice)
    response = client.post(f"/o/{acme.slug}/links/{link.pk}/revoke/", follow=True)
    assert response.redirect_chain == [(address(acme), 302)]
    assert "Nobody can open it any more." in response.content.decode()
    assert as_stored(link).revoked_at is not None
    assert client.get(f"/o/{acme.slug}/links/{link.pk}/revoke/").status_code == 405


def test_others_make_and_turn_off_nothing(acme: Acme, rival: Rival) -> None:
    link = link_to(acme)
    for actor, status in ((acme.carol, 403), (acme.dan, 404), (rival.mallory, 404)):
        client = signed_in(actor)
        assert client.get(address(acme)).status_code == status
        assert client.post(address(acme), {"days": "7"}).status_code == status
        assert client.post(f"/o/{acme.slug}/links/{link.pk}/revoke/").status_code == status
    assert count(acme) == 1
    assert as_stored(link).revoked_at is None


def test_a_label_is_text(acme: Acme) -> None:
    response = make(acme, label="<script>alert(1)</script>")
    assert "<script>alert(1)" not in response.content.decode()


def test_the_page_says_who_has_access(acme: Acme) -> None:
    entries = signed_in(acme.bob).get(address(acme)).context["entries"]
    assert [entry["person"]["name"] for entry in entries] == ["Alice", "Bob", "Carol"]


def test_a_guest_who_may_make_links_sees_no_directory(acme: Acme) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.EDIT)
    answer = signed_in(acme.dan).get(f"/o/{acme.slug}/d/{acme.contract.pk}/share/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Create link" in page
    for who in ("Bob", "Carol", User.objects.get(pk=acme.bob.user_id).email):
        assert who not in page
