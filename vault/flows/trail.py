"""What was done: to one document, and in the whole organisation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.tasks import task

from tenants.actor import Actor, Member, System, require_admin, require_no_guest
from tenants.audit import record
from tenants.models import Organisation
from tenants.scoping import scope
from tenants.trail import Wanted, end_of_trail, read_trail
from tenants.verification import Verdict, verify
from vault.access import Role
from vault.events import Event
from vault.flows.sentences import Told, tell
from vault.flows.visit import visit_document
from vault.rights.fetching import HeldDocument
from vault.rights.keyrings import keyring_of

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Page:
    events: Sequence[Told]
    next: int | None  # the number that the next page is below


@dataclass(frozen=True, slots=True)
class Chain:
    """The end of the trail, and what the last check of it found."""

    seq: int
    hash: str
    checked_at: datetime | None = None
    state: str = ""
    checked_seq: int = 0


def activity_of(
    actor: Member, document_id: UUID, *, before: int | None = None
) -> tuple[HeldDocument, Page]:
    """Of one document, for who may share it: it names people. Raises `NotFound`, `TooWeak`."""
    held = visit_document(actor, document_id, at_least=Role.EDIT)
    require_no_guest(actor)
    entries, after = read_trail(Wanted(about=document_id), before=before, at_most=PAGE)
    return held, Page(tell(held.keyring, entries), after)


def trail_of(
    actor: Member, wanted: Wanted, *, before: int | None = None, at_most: int = PAGE
) -> Page:
    """Of the organisation, for its admins. Raises `TooWeak`."""
    require_admin(actor)
    entries, after = read_trail(wanted, before=before, at_most=at_most)
    return Page(tell(keyring_of(actor), entries), after)


def chain_of(actor: Member) -> Chain:
    """Raises `TooWeak`."""
    require_admin(actor)
    seq, digest = end_of_trail()
    checks, _more = read_trail(Wanted(actions=[Event.TRAIL_VERIFIED]), at_most=1)
    chain = Chain(seq, digest)
    if not checks:
        return chain
    facts = checks[0].facts
    return replace(
        chain, checked_at=checks[0].at, state=facts["state"], checked_seq=int(facts["seq"])
    )


@transaction.atomic
def check_chain(actor: Member) -> Verdict:
    """Read the whole chain now; what was found stands in it from then on. Raises `TooWeak`."""
    require_admin(actor)
    return checked(actor)


@task
def check_chains_later() -> None:
    """Once a day, in every organisation."""
    for tenant in Organisation.objects.values_list("pk", flat=True):
        with scope(tenant):
            checked(System(tenant, "daily check"))


def checked(actor: Actor) -> Verdict:
    verdict = verify(actor.tenant_id)
    facts = {"state": verdict.state, "seq": verdict.seq, "reason": verdict.reason}
    record(actor, Event.TRAIL_VERIFIED, None, **facts)
    return verdict
