"""The ways by which a file comes in: a form, with and without JavaScript, and the API."""

import io
from typing import Any, Literal
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tenants.actor import Member
from tests.cast import Acme, signed_in
from tests.vault.scene import api_of

type Door = Literal["page", "script", "api"]
DOORS: tuple[Door, ...] = ("page", "script", "api")


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, kind)
    return out.getvalue()


def page_of(acme: Acme, folder_id: UUID | None = None) -> str:
    return f"/o/{acme.slug}/files/{folder_id or acme.folder.pk}/upload/"


def upload_by_form(
    acme: Acme,
    actor: Member,
    *files: SimpleUploadedFile,
    on_conflict: str = "",
    client: Client | None = None,
    **extra: Any,
) -> Any:
    fields: dict[str, Any] = {"file": list(files)}
    if on_conflict:
        fields["on_conflict"] = on_conflict
    return (client or signed_in(actor)).post(page_of(acme), fields, **extra)


def upload(
    door: Door,
    acme: Acme,
    actor: Member,
    *files: SimpleUploadedFile,
    on_conflict: str = "",
    **extra: Any,
) -> Any:
    """The same upload through one of the doors."""
    if door == "api":
        query = f"?on_conflict={on_conflict}" if on_conflict else ""
        api = api_of(actor, acme.slug)
        return api.upload(acme.folder.pk, {"file": list(files)}, query, **extra)
    headers = {"accept": "application/json"} if door == "script" else {}
    return upload_by_form(acme, actor, *files, on_conflict=on_conflict, headers=headers, **extra)
