"""Keys to many things are told of once: whoever gets a thousand gets no thousand mails.

The flow that gives a key tells of it by itself. Of more than a few, that is taken back here, in
the same transaction, before anybody has read it or a mail of it was made; at the end they are told
of together.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from tenants.actor import Member, member_of
from tenants.models import Notification
from vault.flows.grant import Principal, people_behind
from vault.flows.notify import notify
from vault.models import BulkAct, Job
from vault.notices import Notice

FEW: Final = 3  # each of them is told of by its name


def gather(job: Job, actor: Member, nodes: list[UUID], *, since: datetime) -> None:
    """Take back what was told of these things since then, by whoever gives."""
    if is_told_together(job):
        told = Notification.objects.filter(kind=Notice.ACCESS_GIVEN, actor_id=actor.user_id)
        told.filter(node__in=nodes, created_at__gte=since).delete()


def tell_together(job: Job) -> None:
    """However it ended: of what was given until then."""
    if is_told_together(job) and job.went and job.principal:
        actor = member_of(job.membership)
        to = Principal("user" if job.principal_kind == "user" else "team", job.principal)
        notify(actor, people_behind(to), Notice.ACCESS_GIVEN_TO_MANY, number=job.went)


def is_told_together(job: Job) -> bool:
    return job.act == BulkAct.GRANT and job.total > FEW
