"""What does not lead to a file: the internal address, a client's own headers, a refusal."""

import pytest
from django.core.files.storage import storages

from sharing.flows.create import Terms, create_link, revoke_link
from sharing.tokens import address_of
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.factories import pdf, put
from tests.gateway.visitor import content_path, path_of, visitor
from tests.services.stack import Stack
from tests.stack.client import send_raw
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document
from vault.flows.restrict import restrict_document
from vault.models import Document

CONTENT = pdf("Not for everyone", size=20_000)
WAYS_IN = [
    "/_files/{}",
    "//_files/{}",
    "/%5ffiles/{}",
    "/_%66iles/{}",
    "/./_files/{}",
    "/x/../_files/{}",
    "/x/%2e%2e/_files/{}",
    "/x/..%2f_files/{}",
    "/static/../_files/{}",
    "/static/..%2f_files/{}",
    "/static/../files/tenants/{}",
    "/static../files/tenants/{}",
    "/static/%2e%2e/files/tenants/{}",
    "/_files/{}?x",
    "/_files/{}%00",
    "/_files/{}/",
    "/_files/../tenants/{}",
    "/_files/%2e%2e/tenants/{}",
    "/_files;/{}",
    "/_FILES/{}",
    "/_refused/not-found/../../_files/{}",
    "/s/x/content/../../../_files/{}",
    "http://localhost/_files/{}",
]


@pytest.fixture
def secret(acme: Acme) -> Document:
    return put(acme.alice, acme.folder.pk, "Secret.pdf", CONTENT)


@pytest.fixture
def inside(acme: Acme, secret: Document) -> str:
    """The document's internal address, without what makes it internal."""
    with scope(acme.tenant_id):
        assert secret.current
        key = secret.current.blob.key
    address: str = storages["vault"].internal_address(key)  # type: ignore[attr-defined]
    return address.removeprefix("/_files/")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_the_internal_address_is_closed(
    stack: Stack, acme: Acme, inside: str, method: str
) -> None:
    alice = visitor(stack, acme.alice)
    for way in WAYS_IN:
        answer = alice.get(way.format(inside), method=method)
        assert answer.status in (302, 400, 403, 404, 405), way
        assert b"%PDF" not in answer.body, way
        assert answer.headers.get("content-length") != str(len(CONTENT)), way


def test_the_internal_address_is_closed_to_any_host(stack: Stack, acme: Acme, inside: str) -> None:
    for line in (f"GET /_files/{inside} HTTP/1.0", f"GET /_files/{inside} HTTP/1.1\r\nHost: x"):
        assert b"%PDF" not in send_raw(stack.port, f"{line}\r\nConnection: close\r\n\r\n".encode())


def test_a_client_cannot_ask_nginx_for_a_file(
    stack: Stack, acme: Acme, rival: Rival, inside: str
) -> None:
    own = {"X_Accel_Redirect": f"/_files/{inside}", "X_Sendfile": f"/_files/{inside}"}
    for path in ("/account/login/", f"/o/{rival.slug}/files/", f"/o/{acme.slug}/files/", "/none"):
        assert b"%PDF" not in visitor(stack, rival.mallory).get(path, **own).body


def test_who_may_only_look_gets_no_bytes(stack: Stack, acme: Acme, secret: Document) -> None:
    with scope(acme.tenant_id):
        restrict_document(acme.alice, secret.pk)
        to = Principal("user", acme.carol.user_id)
        grant_on_document(acme.alice, secret.pk, to=to, role=Role.PREVIEW)
    carol = visitor(stack, acme.carol)
    assert carol.get(f"/o/{acme.slug}/d/{secret.pk}/").status == 200
    for method in ("GET", "HEAD"):
        answer = carol.get(content_path(acme.slug, secret.pk), method=method)
        assert answer.status == 403
        assert b"%PDF" not in answer.body
        assert "etag" not in answer.headers


def test_strangers_learn_nothing(stack: Stack, acme: Acme, rival: Rival, secret: Document) -> None:
    path = content_path(acme.slug, secret.pk)
    for person in (acme.dan, rival.mallory):
        answer = visitor(stack, person).get(path)
        assert answer.status == 404
        assert b"Secret.pdf" not in answer.body
    anonymous = visitor(stack).get(path)
    assert anonymous.status == 302
    assert anonymous.headers["location"].startswith("/account/login/")


def test_nothing_but_reading_gives_bytes(stack: Stack, acme: Acme, secret: Document) -> None:
    alice = visitor(stack, acme.alice)
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        answer = alice.get(content_path(acme.slug, secret.pk), method=method)
        assert answer.status in (403, 405)
        assert b"%PDF" not in answer.body


def test_a_link_that_was_turned_off_is_gone(stack: Stack, acme: Acme, secret: Document) -> None:
    with scope(acme.tenant_id):
        link = create_link(acme.alice, secret.pk, terms=Terms())
    address, stranger = path_of(address_of(link)), visitor(stack)
    ticket = path_of(stranger.post(f"{address}download", {}).headers["location"])
    assert stranger.get(ticket).body == CONTENT
    with scope(acme.tenant_id):
        revoke_link(acme.alice, link.pk)
    for answer in (
        stranger.get(ticket),
        stranger.get(ticket, Range="bytes=0-9"),
        stranger.get(ticket, If_None_Match="*"),
        stranger.get(address),
        stranger.post(f"{address}download", {}),
    ):
        assert answer.status == 410
        assert b"%PDF" not in answer.body
        assert b"Secret.pdf" not in answer.body
        assert "x-accel-redirect" not in answer.headers
