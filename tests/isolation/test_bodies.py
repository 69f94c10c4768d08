"""Ids of acme's in what Mallory sends to her own organisation: they name nothing there."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from django.test import Client

from tenants.models import Membership
from tenants.scoping import scope
from tests.cast import signed_in
from tests.isolation.scene import Two, fingerprint
from tests.tenants.scene import program

GRANTS: Final = ("/folders/{folder}/grants", "/documents/{document}/grants")


@pytest.fixture
def mallory(two: Two) -> Client:
    return program(two.rival.mallory)


def send(two: Two, client: Client, path: str, sent: Mapping[str, Any]) -> Any:
    place = {"folder": two.hers.folder.pk, "document": two.hers.document.pk}
    address = f"/api/v1/o/{two.rival.slug}{path.format(**place)}"
    return client.post(address, sent, content_type="application/json")


def test_no_key_of_hers_goes_to_anyone_of_acmes(
    two: Two, mallory: Client, files_root: Path
) -> None:
    """She is told the same of somebody who is nowhere."""
    before = fingerprint(two.acme.tenant_id, files_root)
    theirs = {"user": two.acme.bob.user_id, "team": two.ours.team.pk}
    for path, kind in product(GRANTS, theirs):
        answer, other = (
            send(two, mallory, path, {kind: str(whom), "role": "read"})
            for whom in (theirs[kind], uuid4())
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert answer.json()["detail"] == other.json()["detail"]
    assert fingerprint(two.acme.tenant_id, files_root) == before


def test_no_folder_of_hers_stands_in_one_of_acmes(two: Two, mallory: Client) -> None:
    sent = {"parent": str(two.ours.folder.pk), "name": "Mine"}
    assert send(two, mallory, "/folders", sent).status_code == 404


def test_a_tenant_in_the_body_is_not_listened_to(two: Two, mallory: Client) -> None:
    for number, word in enumerate(("tenant", "tenant_id", "org")):
        sent = {"parent": str(two.hers.folder.pk), "name": f"{number}"}
        answer = send(two, mallory, "/folders", {**sent, word: str(two.acme.tenant_id)})
        assert answer.status_code == 201
        here = f"/api/v1/o/{two.rival.slug}/folders/{answer.json()['id']}"
        assert mallory.get(here).status_code == 200


def test_a_tenant_in_a_header_is_not_listened_to(two: Two, mallory: Client) -> None:
    address = f"/api/v1/o/{two.rival.slug}/documents/{two.ours.document.pk}"
    for header in ("X-Tenant", "X-Organisation", "X-Forwarded-Host", "X-Original-URL"):
        for value in (two.acme.slug, str(two.acme.tenant_id)):
            assert mallory.get(address, headers={header: value}).status_code == 404


def test_a_form_offers_and_takes_her_own_people_only(two: Two) -> None:
    client, give = signed_in(two.rival.mallory), {"role": "read"}
    for page in (f"files/{two.hers.folder.pk}/access/", f"d/{two.hers.document.pk}/access/"):
        address = f"/o/{two.rival.slug}/{page}"
        offered = client.get(address).content.decode()
        assert str(two.hers.other.user_id) in offered
        for person in (f"user:{two.acme.bob.user_id}", f"team:{two.ours.team.pk}"):
            assert person not in offered
            assert (
                client.post(f"{address}change/", give | {"principal": person}).status_code == 422
            )


def test_a_token_opens_one_organisation_alone(two: Two) -> None:
    """Bob sits in both: his token is for the one that it was made in."""
    with scope(two.rival.tenant_id):
        Membership.objects.create(
            tenant_id=two.rival.tenant_id, user_id=two.acme.bob.user_id, role="owner"
        )
    assert signed_in(two.acme.bob).get(f"/o/{two.rival.slug}/files/").status_code == 200
    here = program(two.acme.bob)
    assert here.get(f"/api/v1/o/{two.acme.slug}").status_code == 200
    assert here.get(f"/api/v1/o/{two.rival.slug}").status_code == 404


def test_a_session_does_not_open_the_api(two: Two) -> None:
    """There a browser's cookie must not act for anybody: calls have no check of forgery."""
    answer = signed_in(two.acme.alice).get(f"/api/v1/o/{two.acme.slug}")
    assert answer.status_code == 401


def test_a_token_does_not_open_the_pages(two: Two) -> None:
    answer = program(two.acme.alice).get(f"/o/{two.acme.slug}/files/")
    assert answer.status_code == 302
