"""Public tokens: what a link, a ticket or an invitation carries in its address.

    base64url(format 1 byte, key number 1, tenant 16, object 16, generation 4, MAC 32)

The MAC (HMAC-SHA256, RFC 2104) covers the purpose and every byte before it, so a ticket is no
link and a link of one tenant names no row of another. It is checked, in constant time, before
any query. The keys lie outside the database: nothing in a dump opens a link. A new generation
on the row ends every token of the old one.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings

FORMAT: Final = 1
LAYOUT: Final = struct.Struct(">BB16s16sI")


class ForgedToken(ValueError):
    """Not a token that this installation made for this purpose."""


@dataclass(frozen=True, slots=True)
class PublicToken:
    purpose: str  # "link", "ticket", ...
    tenant_id: UUID
    object_id: UUID
    generation: int = 0

    def seal(self) -> str:
        number = max(settings.TOKEN_KEYS)
        body = LAYOUT.pack(
            FORMAT, number, self.tenant_id.bytes, self.object_id.bytes, self.generation
        )
        return encode(body + mac(number, self.purpose, body))


def unseal(text: str, *, purpose: str) -> PublicToken:
    """The token that a text stands for. Raises `ForgedToken`."""
    raw = decode(text)
    if len(raw) != LAYOUT.size + 32:
        raise ForgedToken
    body, claimed = raw[: LAYOUT.size], raw[LAYOUT.size :]
    form, number, tenant, thing, generation = LAYOUT.unpack(body)
    if form != FORMAT or number not in settings.TOKEN_KEYS:
        raise ForgedToken
    if not hmac.compare_digest(claimed, mac(number, purpose, body)):
        raise ForgedToken
    return PublicToken(purpose, UUID(bytes=tenant), UUID(bytes=thing), generation)


def mac(number: int, purpose: str, body: bytes) -> bytes:
    label = purpose.encode("ascii")
    message = bytes([len(label)]) + label + body
    return hmac.digest(settings.TOKEN_KEYS[number], message, hashlib.sha256)


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Strictly: one text for one token, so that nobody makes a second spelling of it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise ForgedToken from error
    if encode(raw) != text:
        raise ForgedToken
    return raw
