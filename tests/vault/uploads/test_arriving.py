"""A file that is taken: its bytes, its row, its room and the trail all say the same."""

import hashlib
from typing import Any

import pytest

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, pdf, png
from tests.vault.scene import api_of, kept_files, remains, storage_root, trail, usage
from tests.vault.uploads.doors import DOORS, Door, file, page_of, picture, upload
from vault.events import Event
from vault.models import Blob, Document, Version

CONTENT = pdf("Invoice 0411", size=300_000)


def filed_in(door: Door, response: Any) -> str:
    if door == "api":
        return str(response.json()["id"])
    if door == "script":
        return str(response.json()["documents"][0]["id"])
    (document,) = response.context["filed"]
    return str(document["id"])


@pytest.mark.parametrize("door", DOORS)
def test_an_upload_is_kept_counted_and_recorded(acme: Acme, door: Door) -> None:
    before, room = remains(acme.tenant_id), usage(acme.tenant_id)
    response = upload(door, acme, acme.bob, file("Invoice.pdf", CONTENT))
    assert response.status_code == (200 if door == "page" else 201)

    with scope(acme.tenant_id):
        document = Document.objects.get(pk=filed_in(door, response))
        version = Version.objects.get(document=document)
        blob = Blob.objects.get(pk=version.blob_id)
    assert (document.name, document.folder_id) == ("Invoice.pdf", acme.folder.pk)
    assert document.current_id == version.pk
    assert (version.number, version.created_by_id) == (1, acme.bob.user_id)
    assert (blob.state, blob.owner_id) == ("unscanned", acme.bob.user_id)
    assert (blob.size, blob.media_type) == (len(CONTENT), "application/pdf")
    assert bytes(blob.sha256 or b"") == hashlib.sha256(CONTENT).digest()
    assert (storage_root() / str(blob.file.name)).read_bytes() == CONTENT
    assert set(kept_files()) - set(before.files) == {blob.file.name}
    assert f"/users/{acme.bob.user_id}/" in str(blob.file.name)
    assert usage(acme.tenant_id) == (room[0] + len(CONTENT), 0)
    assert usage(acme.tenant_id, acme.bob.user_id) == (len(CONTENT), 0)
    assert remains(acme.tenant_id).reservations == 0

    event = trail(acme.tenant_id, Event.DOCUMENT_UPLOADED)[-1]
    assert event["actor"]["user"] == str(acme.bob.user_id)
    assert event["subject"] == {"kind": "document", "id": str(document.pk)}
    assert event["facts"]["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert event["facts"]["size"] == len(CONTENT)
    content = signed_in(acme.carol).get(f"/o/{acme.slug}/d/{document.pk}/content/")
    assert body(content) == CONTENT


def test_the_api_answers_with_the_document(acme: Acme) -> None:
    response = upload("api", acme, acme.bob, file("Invoice.pdf", CONTENT))
    answer = response.json()
    assert answer["kind"] == "document"
    assert answer["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert (answer["size"], answer["version"]) == (len(CONTENT), 1)
    assert (answer["scan"], answer["role"]) == ("unscanned", "edit")
    assert answer["exposure"] == "organisation"
    assert answer["folder"] == str(acme.folder.pk)


def test_the_api_takes_another_name_beside_the_file(acme: Acme) -> None:
    fields = {"file": file("scan0001.pdf", CONTENT), "name": "Lease 2026.pdf"}
    response = api_of(acme.bob, acme.slug).upload(acme.folder.pk, fields)
    assert response.json()["name"] == "Lease 2026.pdf"


def test_a_page_says_what_was_filed_and_leads_to_it(acme: Acme) -> None:
    response = upload("page", acme, acme.bob, file("Invoice.pdf", CONTENT))
    (document,) = response.context["filed"]
    assert f"/o/{acme.slug}/d/{document['id']}/" in response.content.decode()


def test_several_files_come_in_one_form(acme: Acme) -> None:
    files = [file("a.pdf", CONTENT), file("b.png", png()), file("c.txt", b"plain words\n")]
    response = upload("script", acme, acme.bob, *files)
    assert response.status_code == 201
    assert [d["name"] for d in response.json()["documents"]] == ["a.pdf", "b.png", "c.txt"]
    with scope(acme.tenant_id):
        kinds = Blob.objects.filter(owner_id=acme.bob.user_id).values_list("media_type", flat=True)
        assert sorted(kinds) == ["application/pdf", "image/png", "text/plain"]


def test_a_refused_file_does_not_stop_the_others(acme: Acme) -> None:
    files = [
        file("first.exe", b"MZ"),
        file("good.pdf", CONTENT),
        file("empty.pdf", b""),
        file("also-good.png", png()),
        file("last.pdf", b"no pdf at all\n"),
    ]
    before = remains(acme.tenant_id)
    response = upload("script", acme, acme.bob, *files)
    answer = response.json()
    assert response.status_code == 201
    assert [d["name"] for d in answer["documents"]] == ["good.pdf", "also-good.png"]
    assert [(r["name"], r["code"]) for r in answer["refused"]] == [
        ("first.exe", "type_blocked"),
        ("empty.pdf", "empty"),
        ("last.pdf", "type_mismatch"),
    ]
    after = remains(acme.tenant_id)
    assert after.documents == after.blobs == before.documents + 2
    assert len(after.files) == len(before.files) + 2
    assert after.reservations == 0


def test_a_page_shows_the_refused_beside_the_filed(acme: Acme) -> None:
    response = upload("page", acme, acme.bob, file("a.pdf", CONTENT), file("b.exe", b"MZ"))
    assert response.status_code == 200
    assert [document["name"] for document in response.context["filed"]] == ["a.pdf"]
    assert ".exe files aren&#x27;t allowed here." in response.content.decode()


TYPES = [
    ("a.PDF", pdf(), "application/pdf"),
    ("a.jpeg", picture("JPEG"), "image/jpeg"),
    ("a.tiff", picture("TIFF"), "image/tiff"),
    ("a.csv", b"name;sum\nAcme;12\n", "text/csv"),
    ("a.md", b"# Words\n", "text/markdown"),
    ("a.log", b"a line\n", "text/plain"),
    ("a.json", b'{"a": 1}\n', "application/json"),
    ("a.xml", b"<?xml version='1.0'?>\n<invoice/>\n", "application/xml"),
    ("a.txt", b"<html><script>alert(1)</script></html>\n", "text/plain"),
]


def test_the_type_that_was_decided_is_the_one_that_is_served(acme: Acme) -> None:
    """Never what a browser could make of the bytes."""
    api = api_of(acme.bob, acme.slug)
    for name, content, served in TYPES:
        response = api.upload(acme.folder.pk, {"file": file(name, content)})
        assert (response.status_code, response.json()["media_type"]) == (201, served), name


def test_the_page_has_a_form_for_those_who_may_add(acme: Acme) -> None:
    page = signed_in(acme.bob).get(page_of(acme))
    assert page.status_code == 200
    assert 'enctype="multipart/form-data"' in page.content.decode()
    assert signed_in(acme.carol).get(page_of(acme)).status_code == 403
    assert signed_in(acme.dan).get(page_of(acme)).status_code == 404
