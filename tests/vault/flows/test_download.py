"""Bytes for those who may read, a row for each reading, and nothing for the rest."""

import hashlib

import pytest

from tenants.errors import NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme, Rival, signed_in
from tests.factories import body, pdf, png, put
from tests.vault.scene import api_of, trail
from vault.access import Role
from vault.events import Event
from vault.flows.download import download
from vault.flows.grant import Principal, grant_on_document, revoke_grant
from vault.flows.restrict import restrict_document
from vault.models.grants import DocumentUserGrant

CONTENT = pdf("contract.pdf")


def content_of(acme: Acme) -> str:
    return f"/o/{acme.slug}/d/{acme.contract.pk}/content/"


def reads(acme: Acme) -> list[dict[str, object]]:
    return [event["facts"] for event in trail(acme.tenant_id, Event.DOCUMENT_DOWNLOADED)]


def test_a_reader_gets_the_bytes_and_the_trail_a_row(acme: Acme) -> None:
    response = signed_in(acme.carol).get(content_of(acme))
    assert body(response) == CONTENT
    assert response["Content-Disposition"] == 'attachment; filename="contract.pdf"'
    (event,) = trail(acme.tenant_id, Event.DOCUMENT_DOWNLOADED)
    assert event["actor"]["user"] == str(acme.carol.user_id)
    assert event["subject"]["id"] == str(acme.contract.pk)
    assert event["facts"] == {"version": 1, "disposition": "attachment"}


def test_reading_again_is_counted_and_written_once(acme: Acme) -> None:
    client = signed_in(acme.carol)
    for _ in range(3):
        body(client.get(content_of(acme), headers={"range": "bytes=0-3"}))
    assert len(reads(acme)) == 1
    body(signed_in(acme.bob).get(content_of(acme)))
    assert len(reads(acme)) == 2


def test_a_new_version_is_read_anew(acme: Acme) -> None:
    client = signed_in(acme.carol)
    body(client.get(content_of(acme)))
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf("second"), on_conflict="version")
    assert body(client.get(content_of(acme))) == pdf("second")
    assert [facts["version"] for facts in reads(acme)] == [1, 2]


def test_who_may_not_read_gets_nothing_and_no_row_says_otherwise(acme: Acme, rival: Rival) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.PREVIEW)
        with pytest.raises(TooWeak):
            download(acme.dan, acme.contract.pk)
    with scope(rival.tenant_id), pytest.raises(NotFound):
        download(rival.mallory, acme.contract.pk)
    for actor, status in ((acme.dan, 403), (rival.mallory, 404)):
        response = signed_in(actor).get(content_of(acme))
        assert response.status_code == status
        assert CONTENT not in body(response)
    assert reads(acme) == []


def test_every_range_is_authorised_anew(acme: Acme) -> None:
    """A right that ends between two ranges ends the download."""
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
        to = Principal("user", acme.carol.user_id)
        grant = grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)
    client = signed_in(acme.carol)
    first = client.get(content_of(acme), headers={"range": "bytes=0-9"})
    assert (first.status_code, body(first)) == (206, CONTENT[:10])
    with scope(acme.tenant_id):
        revoke_grant(acme.alice, grant.pk)
    for header in ({"range": "bytes=10-"}, {"if-none-match": first["ETag"]}, {}):
        assert client.get(content_of(acme), headers=header).status_code == 404
    assert client.head(content_of(acme)).status_code == 404


def test_a_key_that_ran_out_reads_nothing(acme: Acme) -> None:
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
        to = Principal("user", acme.carol.user_id)
        grant = grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)
        DocumentUserGrant.objects.filter(pk=grant.pk).update(expires_at=grant.granted_at)
    assert signed_in(acme.carol).get(content_of(acme)).status_code == 404


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_picture_is_shown_and_a_pdf_is_not(acme: Acme, door: str) -> None:
    picture = put(acme.bob, acme.folder.pk, "plan.png", png())
    for document, how in ((picture, "inline"), (acme.contract, "attachment")):
        if door == "page":
            path = f"/o/{acme.slug}/d/{document.pk}/content/?disposition=inline"
            response = signed_in(acme.carol).get(path)
        else:
            path = f"/documents/{document.pk}/content"
            response = api_of(acme.carol, acme.slug).get(path, disposition="inline")
        assert response["Content-Disposition"].startswith(how)
        body(response)


def test_the_api_gives_the_same_bytes_with_their_digest(acme: Acme) -> None:
    api = api_of(acme.carol, acme.slug)
    path = f"/documents/{acme.contract.pk}/content"
    whole = api.get(path)
    assert body(whole) == CONTENT
    assert whole["ETag"] == f'"{hashlib.sha256(CONTENT).hexdigest()}"'
    part = api.client.get(api.base + path, headers={"range": "bytes=-5"})
    assert (part.status_code, body(part)) == (206, CONTENT[-5:])
    head = api.client.head(api.base + path)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(CONTENT)))
    same = api.client.get(api.base + path, headers={"if-none-match": whole["ETag"]})
    assert same.status_code == 304
    assert api.get(path, disposition="sideways").status_code == 422


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_bytes_answer_to_get_and_head_alone(acme: Acme, method: str) -> None:
    response = getattr(signed_in(acme.carol), method)(content_of(acme))
    assert response.status_code == 405
    assert reads(acme) == []
