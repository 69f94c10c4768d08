"""Looking at things: what a person opened lately, and whose home folder it was."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.utils import timezone

from tenants.actor import Member
from tenants.audit import record_read
from vault.access import Keyring, Place, Role
from vault.events import Event
from vault.flows.notify import notify
from vault.models import Document, Folder, Visit
from vault.notices import Notice
from vault.rights.fetching import HeldDocument, HeldFolder, fetch_document, fetch_folder

KEPT: Final = timedelta(days=90)


def look_at(actor: Member, document_id: UUID) -> HeldDocument:
    """A document for its page: it comes first among what the actor opened. Raises `NotFound`."""
    held = visit_document(actor, document_id)
    note_visit(actor, held.document)
    return held


def visit_document(
    actor: Member, document_id: UUID, *, at_least: Role = Role.PREVIEW
) -> HeldDocument:
    """A document, for whatever shows it or takes it out. Raises `NotFound`, `TooWeak`."""
    held = fetch_document(actor, document_id, at_least=at_least)
    note_visits_at_home(actor, [held.place])
    return held


def visit_folder(
    actor: Member,
    folder_id: UUID,
    *,
    at_least: Role = Role.PREVIEW,
    keyring: Keyring | None = None,
) -> HeldFolder:
    """A folder, for whatever shows what is in it or who can. Raises `NotFound`, `TooWeak`."""
    held = fetch_folder(actor, folder_id, at_least=at_least, keyring=keyring)
    note_visits_at_home(actor, [held.place])
    return held


def note_visit(actor: Member, document: Document) -> None:
    if actor.viewing:  # what a person opened is theirs to say
        return
    visit = Visit(
        tenant_id=actor.tenant_id, user_id=actor.user_id, document=document, at=timezone.now()
    )
    Visit.objects.bulk_create(
        [visit],
        update_conflicts=True,
        unique_fields=["tenant", "user", "document"],
        update_fields=["at"],
    )


def note_visits_at_home(actor: Member, places: Iterable[Place]) -> None:
    """An owner or admin who opens somebody's home folder is recorded; the person is told.

    Through whosever eyes they look, even those of the person.
    """
    who = actor.in_truth
    if not who.runs_the_organisation:
        return
    tops = {place.way_up[-1] for place in places}
    homes = Folder.objects.filter(pk__in=tops, home_of__isnull=False).order_by("pk")
    for home in homes.exclude(home_of=who.user_id):
        if actor.viewing:
            actor.viewing.owed.append(partial(tell_of_visit_at_home, actor, home))
        else:
            tell_of_visit_at_home(actor, home)


def tell_of_visit_at_home(actor: Member, home: Folder) -> None:
    assert home.home_of_id is not None
    if record_read(actor, Event.HOME_OPENED, home, thing=home.pk):
        notify(actor.in_truth, [home.home_of_id], Notice.HOME_OPENED, node=home.pk)


def forget_old_visits() -> None:
    """Of the organisation in scope."""
    Visit.objects.filter(at__lt=timezone.now() - KEPT).delete()
