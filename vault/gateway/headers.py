"""The headers of a file that leaves: the same in every way out."""

import base64
from typing import Final

from django.utils.http import content_disposition_header

from vault.gateway.permit import DownloadPermit

# Nothing else is ever shown inside a browser: SVG, HTML and XML could run script there.
SHOWN_INLINE: Final = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
)
SANDBOX: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)


def etag_of(permit: DownloadPermit) -> str:
    """A strong validator (RFC 9110, 8.8.3): the bytes' own digest."""
    return f'"{permit.sha256.hex()}"'


def described(permit: DownloadPermit) -> dict[str, str]:
    """What the bytes are. nginx passes these on, or sets them anew from the first answer."""
    inline = permit.disposition == "inline" and permit.media_type in SHOWN_INLINE
    text = "; charset=utf-8" if permit.media_type.startswith("text/") else ""
    return {
        "Content-Type": permit.media_type + text,
        "Content-Disposition": content_disposition_header(not inline, permit.name) or "attachment",
        "Cache-Control": "private, no-store",
        "ETag": etag_of(permit),
        "Repr-Digest": f"sha-256=:{base64.b64encode(permit.sha256).decode()}:",  # RFC 9530
    }


def guarded() -> dict[str, str]:
    """What keeps a file from acting as a page. nginx adds these itself on its internal path."""
    return {
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Accept-Ranges": "bytes",
    }
