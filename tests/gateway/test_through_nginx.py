"""A document on its way through the real front door: in by form, out by link, the same bytes."""

import base64
import hashlib
import json

import pytest

from accounts.models import User
from tests.cast import PASSWORD, Acme
from tests.factories import pdf, png, put
from tests.gateway.visitor import address_in, content_path, path_of, upload_path, visitor
from tests.services.stack import Stack
from vault.models import Document

CONTENT = pdf("Lease of the east wing", size=300_000)
GUARDED = {
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
    "accept-ranges": "bytes",
}
INSIDE = {"x-accel-redirect", "x-strongroom-download"}


@pytest.fixture
def lease(acme: Acme) -> Document:
    return put(acme.alice, acme.folder.pk, "Überlassung № 7.pdf", CONTENT)


def test_a_document_goes_in_by_form_and_out_by_link(stack: Stack, acme: Acme) -> None:
    alice = visitor(stack)
    email = User.objects.get(pk=acme.alice.user_id).email
    entered = alice.submit("/account/login/", {"login": email, "password": PASSWORD})
    assert (entered.status, entered.headers["location"]) == (302, "/")
    where = upload_path(acme.slug, acme.folder.pk)
    filed = alice.upload(where, "Lease.pdf", CONTENT, Accept="application/json")
    assert filed.status == 201
    (document,) = json.loads(filed.body)["documents"]

    shared = alice.submit(f"/o/{acme.slug}/d/{document['id']}/share/", {"days": "7"})
    link, stranger = address_in(shared.body), visitor(stack)
    assert b"Lease.pdf" in stranger.get(link).body
    begun = stranger.post(f"{link}download", {})
    assert begun.status == 303
    arrived = stranger.get(path_of(begun.headers["location"]))
    assert (arrived.status, arrived.body) == (200, CONTENT)
    assert stranger.cookies == {}


def test_a_file_leaves_with_every_header(stack: Stack, acme: Acme, lease: Document) -> None:
    answer = visitor(stack, acme.carol).get(content_path(acme.slug, lease.pk))
    digest = hashlib.sha256(CONTENT).digest()
    described = {
        "content-type": "application/pdf",
        "content-length": str(len(CONTENT)),
        "content-disposition": "attachment; filename*=utf-8''%C3%9Cberlassung%20%E2%84%96%207.pdf",
        "etag": f'"{digest.hex()}"',
        "repr-digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
    }
    assert answer.body == CONTENT
    assert {name: answer.headers.get(name) for name in described} == described
    assert {name: answer.headers.get(name) for name in GUARDED} == GUARDED
    assert not INSIDE & set(answer.headers)
    assert len(answer.headers) == len(answer.header_list)


def test_a_picture_is_shown_inline_and_a_page_never(stack: Stack, acme: Acme) -> None:
    picture = put(acme.alice, acme.folder.pk, "Plan.png", png())
    page = put(acme.alice, acme.folder.pk, "Page.xml", b"<?xml version='1.0'?><html/>")
    carol = visitor(stack, acme.carol)
    for document, shown in ((picture, "inline"), (page, "attachment")):
        answer = carol.get(f"{content_path(acme.slug, document.pk)}?disposition=inline")
        assert answer.headers["content-disposition"].startswith(shown)
        assert {name: answer.headers.get(name) for name in GUARDED} == GUARDED


def test_head_tells_all_and_sends_nothing(stack: Stack, acme: Acme, lease: Document) -> None:
    carol, path = visitor(stack, acme.carol), content_path(acme.slug, lease.pk)
    told, sent = carol.get(path, method="HEAD"), carol.get(path)
    own = {"date", "x-request-id", "set-cookie"}
    assert (told.status, told.body) == (200, b"")
    assert {n: v for n, v in told.headers.items() if n not in own} == {
        n: v for n, v in sent.headers.items() if n not in own
    }


@pytest.mark.parametrize("form", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_unchanged_bytes_are_not_sent_again(
    stack: Stack, acme: Acme, lease: Document, form: str
) -> None:
    carol, path = visitor(stack, acme.carol), content_path(acme.slug, lease.pk)
    tag = hashlib.sha256(CONTENT).hexdigest()
    answer = carol.get(path, If_None_Match=form.format(tag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == f'"{tag}"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert carol.get(path, If_None_Match='"other"').body == CONTENT


def test_an_old_date_does_not_stand_for_the_content(
    stack: Stack, acme: Acme, lease: Document
) -> None:
    carol, path = visitor(stack, acme.carol), content_path(acme.slug, lease.pk)
    tomorrow = "Sun, 01 Jan 2090 00:00:00 GMT"
    assert carol.get(path, If_Modified_Since=tomorrow).body == CONTENT
