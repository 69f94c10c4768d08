"""Links for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.ids import uuid7
from sharing.models import Link
from sharing.tokens import address_of
from tenants.scoping import scope
from tests.cast import Acme
from tests.sharing.scene import as_stored, let_end, link_to
from tests.vault.scene import api_of

SHAPE = {
    *("id", "document", "role", "label", "pinned", "created_at", "expires_at", "state"),
    *("downloads", "url"),
}


def path(acme: Acme) -> str:
    return f"/documents/{acme.contract.pk}/links"


def make(acme: Acme, **fields: object) -> Any:
    return api_of(acme.bob, acme.slug).send("POST", path(acme), fields)


def test_a_link_is_made_with_its_address(acme: Acme) -> None:
    until = (datetime.now(UTC) + timedelta(days=2)).isoformat(timespec="milliseconds")
    answer = make(acme, expires_at=until, label="for the auditors", pinned=True)
    made = answer.json()
    with scope(acme.tenant_id):
        link = Link.objects.get()
    assert answer.status_code == 201
    assert set(made) == SHAPE
    assert (made["id"], made["document"]) == (str(link.pk), str(acme.contract.pk))
    assert (made["role"], made["label"], made["pinned"]) == ("read", "for the auditors", True)
    assert (made["state"], made["downloads"]) == ("active", 0)
    assert made["url"] == address_of(link)
    assert datetime.fromisoformat(made["expires_at"]) == datetime.fromisoformat(until)


def test_without_wishes_it_is_the_organisations_usual_one(acme: Acme) -> None:
    made = make(acme).json()
    lasts = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert abs(lasts - timedelta(days=7)) < timedelta(seconds=5)
    assert (made["label"], made["pinned"]) == ("", False)


def test_links_are_read_listed_and_turned_off(acme: Acme) -> None:
    api, link = api_of(acme.bob, acme.slug), link_to(acme)
    shown = api.get(f"/links/{link.pk}").json()
    assert api.get(path(acme)).json() == {"items": [shown], "next": None}
    for _ in range(2):
        assert api.send("DELETE", f"/links/{link.pk}").status_code == 204
    after = api.get(f"/links/{link.pk}").json()
    assert after == {**shown, "state": "revoked", "url": None}
    assert as_stored(link).revoked_at is not None


def test_an_ended_link_has_no_address(acme: Acme) -> None:
    link = link_to(acme)
    let_end(link)
    shown = api_of(acme.bob, acme.slug).get(f"/links/{link.pk}").json()
    assert (shown["state"], shown["url"]) == ("ended", None)


WRONG: list[tuple[dict[str, object], str]] = [
    ({"expires_at": "2020-01-01T00:00:00Z"}, "invalid"),
    ({"expires_at": "2999-01-01T00:00:00Z"}, "link_too_long"),
    ({"expires_at": "2999-01-01T00:00:00"}, "invalid"),
    ({"expires_at": "someday"}, "invalid"),
    ({"role": "edit"}, "invalid"),
    ({"role": "preview"}, "invalid"),
    ({"label": "x" * 121}, "invalid"),
    ({"label": "a\0b"}, "invalid"),
    ({"label": "\ud800"}, "invalid"),
    ({"pinned": "perhaps"}, "invalid"),
]


def test_what_cannot_be_taken_is_refused(acme: Acme) -> None:
    for fields, code in WRONG:
        answer = make(acme, **fields)
        assert (answer.status_code, answer.json()["code"]) == (422, code), fields
        assert answer["Content-Type"] == "application/problem+json"
    with scope(acme.tenant_id):
        assert not Link.objects.exists()


def test_who_may_not_edit_is_refused(acme: Acme) -> None:
    link = link_to(acme)
    for actor, status, code in (
        (acme.carol, 403, "no_permission"),
        (acme.dan, 404, "not_found"),
    ):
        api = api_of(actor, acme.slug)
        for answer in (
            api.get(path(acme)),
            api.send("POST", path(acme), {}),
            api.get(f"/links/{link.pk}"),
            api.send("DELETE", f"/links/{link.pk}"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert as_stored(link).revoked_at is None


def test_a_link_that_is_none_is_not_found(acme: Acme) -> None:
    api = api_of(acme.bob, acme.slug)
    for answer in (api.get(f"/links/{uuid7()}"), api.send("DELETE", f"/links/{uuid7()}")):
        assert answer.status_code == 404
