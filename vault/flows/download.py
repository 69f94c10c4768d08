"""Download: the right is asked, the read is recorded, and a permit is written."""

from uuid import UUID

from django.db import transaction

from accounts.ids import uuid7
from tenants.actor import Actor, Member
from tenants.audit import record_read
from vault.access import Role
from vault.errors import NotServed
from vault.events import Event
from vault.flows.visit import visit_document
from vault.gateway.permit import Disposition, DownloadPermit
from vault.models import SERVED, Document, Version


@transaction.atomic
def download(
    actor: Member, document_id: UUID, *, disposition: Disposition = "attachment"
) -> DownloadPermit:
    """The current version. Raises `NotFound`, `TooWeak`, `NotServed`."""
    document = visit_document(actor, document_id, at_least=Role.READ).document
    return permit_of(actor, document, servable(document), disposition=disposition)


def permit_of(
    actor: Actor,
    document: Document,
    version: Version,
    *,
    disposition: Disposition = "attachment",
    download: str = "",
) -> DownloadPermit:
    """Write the read into the trail and the permit after it. The caller has asked for the right.

    `download` names what the log of bytes sent is to be counted for.
    """
    record_read(
        actor,
        Event.DOCUMENT_DOWNLOADED,
        document,
        thing=version.pk,
        version=version.number,
        disposition=disposition,
    )
    blob = version.blob
    return DownloadPermit(
        key=blob.key,
        size=blob.size or 0,
        sha256=bytes(blob.sha256 or b""),
        media_type=blob.media_type,
        name=document.name,
        disposition=disposition,
        blob_id=blob.pk,
        download=download or str(uuid7()),
    )


def servable(document: Document) -> Version:
    """The version to serve: only bytes whose check is over are ever represented."""
    version = document.current
    if version is None or version.blob.state not in SERVED:
        raise NotServed
    return version
