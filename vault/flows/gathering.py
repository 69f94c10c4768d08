"""Keys to many things are told of once: whoever gets a thousand gets no thousand mails."""

from typing import Final

from django.utils import timezone

from tenants.actor import member_of
from tenants.models import Notification
from vault.flows.grant import Principal, people_behind
from vault.flows.notify import AGAIN, notify
from vault.models import BulkAct, Job
from vault.notices import Notice

FEW: Final = 3  # each of them is told of by its name


def tell_together(job: Job) -> None:
    """However it ended: of what was given until then; nobody twice within the hour."""
    if is_told_together(job) and job.went:
        giver = member_of(job.membership)
        told = Notification.objects.filter(
            kind=Notice.ACCESS_GIVEN_TO_MANY,
            actor_id=giver.user_id,
            created_at__gt=timezone.now() - AGAIN,
        )
        people = set(people_behind(principal_of(job))) - set(
            told.values_list("user_id", flat=True)
        )
        notify(giver, people, Notice.ACCESS_GIVEN_TO_MANY, number=job.went)


def is_told_together(job: Job) -> bool:
    return job.act == BulkAct.GRANT and job.total > FEW


def principal_of(job: Job) -> Principal:
    assert job.principal is not None
    return Principal("user" if job.principal_kind == "user" else "team", job.principal)
