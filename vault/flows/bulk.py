"""Acts on many things at once. Each is checked by itself; what is refused stops no other.

A short act is done when the flow returns. A longer one is a job for the worker, which goes on with
it piece by piece (`carry_on`); its row says how far it is and what was refused.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from tenants.actor import Member, require_no_guest
from tenants.audit import record
from vault.access import Role
from vault.events import Event
from vault.flows.carry_on import advance, carry_on_later
from vault.flows.choose import Chosen, require_something
from vault.flows.grant import Principal, column_of
from vault.models import BulkAct, Job
from vault.rights.fetching import fetch_folder

AT_ONCE: Final = 50  # as many as a page shows


@transaction.atomic
def trash_all(actor: Member, chosen: Chosen, *, token: UUID | None = None) -> Job:
    """Into the trash, in one act that is undone in one go. Raises `NotFound`, `TooWeak`."""
    require_something(actor, chosen, Role.EDIT)
    return begin(actor, chosen, BulkAct.TRASH, token=token)


@transaction.atomic
def move_all(actor: Member, chosen: Chosen, *, to: UUID, token: UUID | None = None) -> Job:
    """Into one folder. What lies in a folder that moves, too, stays in it.

    Raises `NotFound`, `TooWeak`.
    """
    require_something(actor, chosen, Role.EDIT)
    fetch_folder(actor, to, at_least=Role.EDIT)
    return begin(actor, chosen, BulkAct.MOVE, token=token, target=to)


@transaction.atomic
def grant_all(
    actor: Member,
    chosen: Chosen,
    *,
    to: Principal,
    role: Role,
    until: datetime | None = None,
    token: UUID | None = None,
) -> Job:
    """One key to each, for a person or a team. Raises `NotFound`, `TooWeak`, `Invalid`."""
    require_something(actor, chosen, Role.MANAGE)
    require_no_guest(actor)
    column_of(to)
    key = {"principal_kind": to.kind, "principal": to.id, "role": role.word, "until": until}
    return begin(actor, chosen, BulkAct.GRANT, token=token, **key)


def begin(actor: Member, chosen: Chosen, act: BulkAct, *, token: UUID | None, **wish: Any) -> Job:
    job = Job.objects.create(
        tenant_id=actor.tenant_id,
        membership_id=actor.membership_id,
        token_id=token,
        act=act,
        folders=chosen.folders,
        documents=chosen.documents,
        total=chosen.number,
        **wish,
    )
    record(actor, Event.BULK_ASKED, job, act=act, number=job.total, **told(job))
    if job.total <= AT_ONCE:
        advance(job, actor, most=AT_ONCE)
    else:
        carry_on_later.enqueue(str(job.tenant_id), str(job.pk))
    return job


def told(job: Job) -> dict[str, object]:
    """What the trail says of it beside act and number: what there is."""
    if job.act == BulkAct.MOVE:
        return {"target": job.target}
    if job.act == BulkAct.GRANT:
        return {job.principal_kind: job.principal, "role": job.role, "until": job.until}
    return {}
