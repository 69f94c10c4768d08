"""A token's scope is a ceiling: through it, every key of its person counts as at most that."""

from typing import Any

import pytest

from tests.cast import Acme
from tests.factories import body, pdf
from tests.vault.scene import Api, api_of, remains
from tests.vault.uploads.doors import file

SCOPES = ["preview", "read", "edit", "manage"]


def calls(acme: Acme, api: Api) -> dict[str, Any]:
    """What each call answers, by the least scope that it needs; the harmful ones last."""
    document, folder = f"/documents/{acme.contract.pk}", f"/folders/{acme.folder.pk}"
    sent = {"file": file("a.pdf", pdf())}
    grant = {"user": str(acme.dan.user_id), "role": "preview"}
    return {
        "preview: look": api.get(document),
        "preview: list": api.get(f"{folder}/children"),
        "read: bytes": api.get(f"{document}/content"),
        "edit: rename": api.send("PATCH", document, {"name": "contract.pdf"}),
        "edit: upload": api.upload(acme.folder.pk, sent),
        "edit: folder": api.send(
            "POST", "/folders", {"parent": str(acme.folder.pk), "name": "New"}
        ),
        "edit: link": api.send("POST", f"{document}/links", {}),
        "edit: links": api.get(f"{document}/links"),
        "edit: who can see": api.get(f"{document}/access"),
        "manage: grant": api.send("POST", f"{document}/grants", grant),
        "manage: wall": api.send("PUT", f"{document}/wall"),
        "manage: open": api.send("DELETE", f"{document}/wall"),
    }


@pytest.mark.parametrize("scope", SCOPES)
def test_an_owners_token_does_what_its_scope_says(acme: Acme, scope: str) -> None:
    before = remains(acme.tenant_id)
    for call, answer in calls(acme, api_of(acme.alice, acme.slug, scope)).items():
        allowed = SCOPES.index(scope) >= SCOPES.index(call.partition(":")[0])
        assert (answer.status_code < 300) == allowed, (call, answer.status_code)
        if not allowed:
            assert (answer.status_code, answer.json()["code"]) == (403, "no_permission")
        body(answer)
    if scope in ("preview", "read"):
        assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_gives_nothing_that_the_person_has_not(acme: Acme, scope: str) -> None:
    for call, answer in calls(acme, api_of(acme.dan, acme.slug, scope)).items():
        assert answer.status_code == 404, call


@pytest.mark.parametrize("scope", SCOPES)
def test_the_role_that_is_told_is_the_one_through_the_token(acme: Acme, scope: str) -> None:
    api = api_of(acme.alice, acme.slug, scope)
    for path in (f"/documents/{acme.contract.pk}", f"/folders/{acme.folder.pk}"):
        assert api.get(path).json()["role"] == scope
    rows = api.get(f"/folders/{acme.root.pk}/children").json()["items"]
    assert {row["role"] for row in rows} == {scope}


def test_a_weak_token_of_an_owner_ends_no_membership(acme: Acme) -> None:
    for scope in ("preview", "read", "edit"):
        api = api_of(acme.alice, acme.slug, scope)
        for seat in (acme.carol, acme.alice):
            answer = api.send("DELETE", f"/members/{seat.membership_id}")
            assert answer.status_code == 403
