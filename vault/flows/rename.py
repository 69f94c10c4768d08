from uuid import UUID

from django.db import transaction

from tenants.actor import Member
from tenants.audit import record
from vault.access import Role
from vault.errors import Exists
from vault.events import Event
from vault.models import Document
from vault.names import DisplayName
from vault.rights.fetching import fetch_document


@transaction.atomic
def rename(actor: Member, document_id: UUID, *, to: DisplayName) -> Document:
    """Raises `NotFound`, `TooWeak`, `Exists`."""
    held = fetch_document(actor, document_id, at_least=Role.EDIT)
    document = held.document
    before = document.name
    if before == to:
        return document
    neighbours = Document.objects.opened_by(held.keyring).filter(folder_id=document.folder_id)
    if twin := neighbours.filter(name__iexact=to).exclude(pk=document.pk).first():
        raise Exists(to, document=twin.pk)
    document.name = to
    document.save(update_fields=["name", "changed_at"])
    record(actor, Event.DOCUMENT_RENAMED, document, before=before, after=to)
    return document
