"""Telling members what concerns them: in their list at once, by mail as they wish."""

from collections.abc import Iterable
from uuid import UUID

from tenants.actor import Actor, Member
from tenants.models import Mails, Membership, Notification
from vault.flows.mail_notices import mail_later
from vault.notices import Notice


def notify(
    actor: Actor,
    people: Iterable[UUID],
    notice: Notice,
    *,
    node: UUID | None = None,
    **facts: object,
) -> None:
    """Tell these members, save whoever did it. In the transaction of the act."""
    doer = actor.user_id if isinstance(actor, Member) else None
    seats = Membership.objects.filter(user__in=set(people) - {doer})
    for seat in seats:
        notification = Notification.objects.create(
            tenant_id=actor.tenant_id,
            user_id=seat.user_id,
            kind=notice,
            actor_id=doer,
            node=node,
            facts=facts,
        )
        if seat.mails == Mails.AT_ONCE:
            mail_later.enqueue(str(actor.tenant_id), str(seat.pk), [str(notification.pk)])
