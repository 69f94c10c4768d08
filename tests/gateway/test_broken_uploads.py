"""Uploads that are not what they say, or never end: refused, and nothing of them stays."""

import socket
from dataclasses import dataclass
from http.client import HTTPResponse

import pytest

from tests.cast import Acme
from tests.factories import pdf
from tests.gateway.parcel import head, parcel
from tests.gateway.visitor import upload_path, visitor
from tests.services.patience import eventually
from tests.services.stack import Stack
from tests.vault.scene import Remains, remains, token_of

CONTENT = pdf("Cut short", size=600_000)


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: its address, what opens it, and the fields that its form wants."""

    path: str
    opens: dict[str, str]
    fields: dict[str, str]


@pytest.fixture(params=["form", "form of a version", "token"])
def door(request: pytest.FixtureRequest, stack: Stack, acme: Acme) -> Door:
    if request.param == "token":
        path = f"/api/v1/o/{acme.slug}/folders/{acme.folder.pk}/documents"
        return Door(path, {"Authorization": f"Bearer {token_of(acme.bob)}"}, {})
    bob, path = visitor(stack, acme.bob), upload_path(acme.slug, acme.folder.pk)
    if request.param == "form of a version":
        path = f"/o/{acme.slug}/d/{acme.contract.pk}/versions/"
    bob.get(path)
    cookie = "; ".join(f"{name}={value}" for name, value in bob.cookies.items())
    return Door(path, {"Cookie": cookie}, {"csrfmiddlewaretoken": bob.cookies["csrftoken"]})


@pytest.fixture
def before(acme: Acme, door: Door) -> Remains:
    return remains(acme.tenant_id)


@pytest.mark.parametrize("declared", [1_000, 300_000])
@pytest.mark.parametrize("more", [False, True])
def test_a_form_that_is_longer_than_it_says(
    stack: Stack, acme: Acme, door: Door, before: Remains, declared: int, more: bool
) -> None:
    kind, body = parcel("Long.pdf", CONTENT, **door.fields)
    start = head(stack, door.path, length=declared, kind=kind, **door.opens)
    with connected(stack) as connection:
        connection.sendall(start + (body if more else body[:declared]))
        assert status(connection) in (400, 422)
    assert eventually(lambda: remains(acme.tenant_id) == before)


@pytest.mark.parametrize("until", [100, 300_000, -1])
def test_a_connection_that_ends_in_the_middle(
    stack: Stack, acme: Acme, door: Door, before: Remains, until: int
) -> None:
    kind, body = parcel("Cut.pdf", CONTENT, **door.fields)
    with connected(stack) as connection:
        start = head(stack, door.path, length=len(body), kind=kind, **door.opens)
        connection.sendall(start + body[:until])
        assert eventually(lambda: remains(acme.tenant_id) != before)
    assert eventually(lambda: remains(acme.tenant_id) == before)
    assert not list((stack.files / "incoming").iterdir())


def test_a_folder_is_open_after_a_broken_upload(stack: Stack, acme: Acme, door: Door) -> None:
    kind, body = parcel("Cut.pdf", CONTENT, **door.fields)
    with connected(stack) as connection:
        connection.sendall(head(stack, door.path, length=len(body), kind=kind, **door.opens))
    whole = visitor(stack).send("POST", door.path, body, {**door.opens, "Content_Type": kind})
    assert whole.status in (200, 201, 302)
    assert eventually(lambda: remains(acme.tenant_id).reservations == 0)
    assert remains(acme.tenant_id).versions == 2


def connected(stack: Stack) -> socket.socket:
    return socket.create_connection(("127.0.0.1", stack.port), timeout=30)


def status(connection: socket.socket) -> int:
    response = HTTPResponse(connection)
    response.begin()
    return response.status
