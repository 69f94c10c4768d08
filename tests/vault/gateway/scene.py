"""A permit with bytes behind it, and requests for them, without rows or people."""

import hashlib
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone

from accounts.ids import uuid7
from vault.gateway.permit import Disposition, DownloadPermit
from vault.gateway.respond import respond
from vault.storage import vault_storage
from vault.storage.keys import blob_key


def stored(content: bytes) -> str:
    """Keep bytes as an upload does; answers their key."""
    blob: UUID = uuid7()
    key = blob_key(uuid7(), uuid7(), blob, at=timezone.now())
    incoming = vault_storage().receive(blob, most=len(content))
    incoming.write(content)
    incoming.finish()
    vault_storage().keep(incoming, key)
    return key


def permit_for(
    content: bytes,
    *,
    name: str = "Invoice.pdf",
    media_type: str = "application/pdf",
    disposition: Disposition = "attachment",
    key: str = "",
) -> DownloadPermit:
    return DownloadPermit(
        key=key or stored(content),
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        media_type=media_type,
        name=name,
        disposition=disposition,
        blob_id=uuid7(),
        download="a-download",
    )


def ask(permit: DownloadPermit, method: str = "GET", **headers: str) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response: HttpResponseBase = respond(
        RequestFactory().generic(method, "/", headers=names), permit
    )
    return response
