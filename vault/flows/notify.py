"""Telling members what concerns them: in their list at once, by mail as they wish."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tenants.actor import Actor, Member
from tenants.models import Mails, Membership, Notification
from vault.flows.mail_notices import mail_later
from vault.notices import Notice

AGAIN: Final = timedelta(hours=1)


def notify(
    actor: Actor,
    people: Iterable[UUID],
    notice: Notice,
    *,
    node: UUID | None = None,
    **facts: object,
) -> None:
    """Tell these members, save whoever did it. In the transaction of the act.

    Who was told the same of the same thing by the same person within the hour gets no mail again.
    """
    doer = actor.user_id if isinstance(actor, Member) else None
    seats = Membership.objects.filter(user__in=set(people) - {doer})
    before = Notification.objects.filter(
        kind=notice, actor_id=doer, node=node, created_at__gt=timezone.now() - AGAIN
    )
    told = set(before.values_list("user_id", flat=True)) if node else set()
    for seat in seats:
        notification = Notification.objects.create(
            tenant_id=actor.tenant_id,
            user_id=seat.user_id,
            kind=notice,
            actor_id=doer,
            node=node,
            facts=facts,
        )
        if seat.mails == Mails.AT_ONCE and seat.user_id not in told:
            mail_later.enqueue(str(actor.tenant_id), str(seat.pk), [str(notification.pk)])
