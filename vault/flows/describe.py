from uuid import UUID

from django.db import transaction

from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid
from vault.access import Role
from vault.events import Event
from vault.models import Document
from vault.models.nodes import LONGEST_DESCRIPTION
from vault.rights.fetching import fetch_document


@transaction.atomic
def describe(actor: Member, document_id: UUID, *, words: str) -> Document:
    """Say in words what a document is. Raises `NotFound`, `TooWeak`, `Invalid`."""
    document = fetch_document(actor, document_id, at_least=Role.EDIT).document
    words = words.replace("\0", "").strip()
    if len(words) > LONGEST_DESCRIPTION:
        raise Invalid("description")
    if words != document.description:
        document.description = words
        document.save(update_fields=["description", "changed_at"])
        record(actor, Event.DOCUMENT_DESCRIBED, document)
    return document
