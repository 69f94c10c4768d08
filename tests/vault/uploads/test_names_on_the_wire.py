"""File names as clients send them, byte by byte: what is kept, and what is served again."""

import io

import pytest

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, pdf
from tests.vault.gateway.test_headers import read
from tests.vault.scene import remains
from tests.vault.uploads.wire import Answer, by_token, drive, form, part
from vault.models import Document

SENT = {
    b"Invoice.pdf": "Invoice.pdf",
    "Übersicht – März.pdf".encode(): "Übersicht – März.pdf",
    "発注書.pdf".encode(): "発注書.pdf",
    "Re\u0301sume\u0301.pdf".encode(): "R\u00e9sum\u00e9.pdf",
    "a\u202efdp.pdf".encode(): "afdp.pdf",
    b"../../etc/passwd.pdf": "passwd.pdf",
    b"C:\\\\Users\\\\bob\\\\scan.pdf": "scan.pdf",
    b"a&quot;b.pdf": 'a"b.pdf',
    b"100%;done.pdf": "100%;done.pdf",
    b"  spaced   out .pdf ": "spaced out .pdf",
    b"a\tb.pdf": "ab.pdf",
    b"c\x00d.pdf": "cd.pdf",
    b"x" * 300 + b".pdf": "x" * 196 + ".pdf",
}


def send(acme: Acme, said: bytes) -> Answer:
    sent = form(part(pdf(), filename=said))
    path = f"/api/v1/o/{acme.slug}/folders/{acme.folder.pk}/documents?on_conflict=keep_both"
    return drive(path, io.BytesIO(sent), length=len(sent), **by_token(acme.bob))


def test_a_name_is_kept_as_it_may_be_shown_and_served_so_again(acme: Acme) -> None:
    client = signed_in(acme.carol)
    for said, name in SENT.items():
        answer = send(acme, said)
        assert (answer.status, answer.json().get("name")) == (201, name), said
        with scope(acme.tenant_id):
            assert Document.objects.get(pk=answer.json()["id"]).name == name
        response = client.get(f"/o/{acme.slug}/d/{answer.json()['id']}/content/")
        assert read(response["Content-Disposition"]) == ("attachment", name)
        assert body(response) == pdf()


def test_a_name_in_the_extended_form_is_read(acme: Acme) -> None:
    sent = form(part(pdf(), filename=b"x")).replace(
        b'filename="x"', b"filename*=UTF-8''%E7%99%BA%E6%B3%A8%0D%0Aevil%2Ff.pdf"
    )
    path = f"/api/v1/o/{acme.slug}/folders/{acme.folder.pk}/documents"
    answer = drive(path, io.BytesIO(sent), length=len(sent), **by_token(acme.bob))
    assert (answer.status, answer.json()["name"]) == (201, "f.pdf")


@pytest.mark.parametrize("said", [b"con.pdf", b"x.", b"report.pdf::$DATA"])
def test_a_name_that_some_machine_reads_otherwise_is_refused(acme: Acme, said: bytes) -> None:
    before = remains(acme.tenant_id)
    answer = send(acme, said)
    assert (answer.status, answer.json()["code"]) == (422, "name_invalid")
    assert remains(acme.tenant_id) == before


NAMELESS = [b"", b".", b"..", b"/", b"a/", b"\\\\", b"a\xc0\xafb.pdf", b"\xff\xfe.pdf"]


def test_a_file_without_a_name_that_can_be_read_is_no_file(acme: Acme) -> None:
    before = remains(acme.tenant_id)
    for said in NAMELESS:
        answer = send(acme, said)
        assert (answer.status, answer.json()["code"]) == (422, "no_file"), said
    assert remains(acme.tenant_id) == before


def test_equal_names_in_other_bytes_collide(acme: Acme) -> None:
    send(acme, "Résumé.pdf".encode())
    assert (
        send(acme, "RE\u0301SUME\u0301.PDF".encode()).json()["name"] == "R\u00c9SUM\u00c9 (2).PDF"
    )
