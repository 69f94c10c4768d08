"""The headers under which bytes leave."""

import base64
import hashlib
import re
from urllib.parse import unquote

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.factories import body
from tests.vault.gateway.scene import ask, permit_for
from tests.vault.test_names import KEPT, kept, many, raw_names
from vault.errors import StorageAway
from vault.gateway.headers import described
from vault.gateway.permit import Disposition
from vault.gateway.respond import respond
from vault.names import DisplayName
from vault.scanning.types import TYPES
from vault.storage.keys import BadKey

KEY = "tenants/{0}/users/{0}/2026/04/{0}".format("00000000-0000-0000-0000-000000000000")
SERVED = sorted({kind.served for kind in TYPES.values()} | {"image/svg+xml", "text/html"})
INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
CONTENT = b"the bytes"


def disposition(
    name: str, media_type: str = "application/pdf", how: Disposition = "attachment"
) -> str:
    permit = permit_for(CONTENT, name=name, media_type=media_type, disposition=how, key=KEY)
    return described(permit)["Content-Disposition"]


def read(header: str) -> tuple[str, str]:
    """Type and file name, as RFC 6266 and RFC 8187 have them read."""
    quoted = re.fullmatch(r'(attachment|inline); filename="((?:[^"\\]|\\.)*)"', header)
    if quoted:
        return quoted[1], re.sub(r"\\(.)", r"\1", quoted[2])
    extended = re.fullmatch(r"(attachment|inline); filename\*=utf-8''([!-~]+)", header)
    assert extended, header
    assert re.fullmatch(r"(?:[A-Za-z0-9!#$&+.^_`|~/-]|%[0-9A-F]{2})+", extended[2])
    return extended[1], unquote(extended[2], errors="strict")


@given(raw_names)
@many
def test_any_kept_name_comes_back_exactly(raw: str) -> None:
    name = kept(raw)
    header = disposition(name)
    assert read(header) == ("attachment", name)
    assert header.isascii()
    assert header.isprintable()


@pytest.mark.parametrize("name", KEPT.values(), ids=ascii)
def test_names_of_people_come_back_exactly(name: str) -> None:
    assert read(disposition(DisplayName(name))) == ("attachment", name)


@pytest.mark.parametrize("media_type", SERVED)
def test_only_what_cannot_act_is_ever_shown_inline(media_type: str) -> None:
    how, _ = read(disposition("a.bin", media_type, "inline"))
    assert (how == "inline") == (media_type in INLINE)
    assert read(disposition("a.bin", media_type))[0] == "attachment"


def test_every_answer_is_guarded_and_describes_its_bytes() -> None:
    permit = permit_for(CONTENT)
    digest = hashlib.sha256(CONTENT).digest()
    expected = {
        "Content-Type": "application/pdf",
        "Cache-Control": "private, no-store",
        "ETag": f'"{digest.hex()}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(digest).decode()}:",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Accept-Ranges": "bytes",
    }
    for answer in (
        ask(permit),
        ask(permit, "HEAD"),
        ask(permit, Range="bytes=0-1"),
        ask(permit, Range="bytes=999-"),
        ask(permit, If_None_Match=expected["ETag"]),
    ):
        found = {name: answer.headers.get(name) for name in expected}
        assert found == expected
        body(answer)


def test_text_is_sent_as_what_it_is() -> None:
    for media_type in ("text/plain", "text/csv", "text/markdown"):
        permit = permit_for(CONTENT, media_type=media_type, key=KEY)
        assert described(permit)["Content-Type"] == f"{media_type}; charset=utf-8"


@given(st.lists(st.sampled_from(['"other"', 'W/"other"', "{etag}", "W/{etag}", "*"]), max_size=3))
def test_known_bytes_are_not_sent_again(tags: list[str]) -> None:
    permit = permit_for(CONTENT, key=KEY)
    etag = f'"{permit.sha256.hex()}"'
    asked = ", ".join(tag.format(etag=etag) for tag in tags)
    request = RequestFactory().get("/", headers={"If-None-Match": asked})
    known = any("{etag}" in tag for tag in tags) or tags == ["*"]
    if known:
        response = respond(request, permit)
        assert response.status_code == 304
        assert response["ETag"] == etag
        assert not getattr(response, "content", b"")
    elif "*" not in tags:
        with pytest.raises(StorageAway):  # it would send them: at this key there are none
            respond(request, permit)


def test_behind_nginx_the_answer_names_the_file_and_holds_no_byte(settings: Settings) -> None:
    settings.GATEWAY = "nginx"
    permit = permit_for(CONTENT)
    for method in ("GET", "HEAD"):
        answer = ask(permit, method, Range="bytes=0-1")
        assert answer.status_code == 200
        assert answer["X-Accel-Redirect"] == "/_files/" + permit.key.removeprefix("tenants/")
        assert answer["X-Strongroom-Download"] == "a-download"
        assert (answer["Content-Length"], body(answer)) == ("0", b"")
        assert read(answer["Content-Disposition"]) == ("attachment", "Invoice.pdf")
    unchanged = ask(permit, If_None_Match=answer["ETag"])
    assert unchanged.status_code == 304
    assert "X-Accel-Redirect" not in unchanged.headers


def test_a_key_that_is_none_never_becomes_an_address(settings: Settings) -> None:
    settings.GATEWAY = "nginx"
    for key in ("/", "tenants/", "tenants/../secret", KEY + "/../x", KEY + "?x", KEY.upper()):
        with pytest.raises(BadKey):
            respond(RequestFactory().get("/"), permit_for(CONTENT, key=key))
