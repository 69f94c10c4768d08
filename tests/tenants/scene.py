"""What the tests of organisations set up again and again."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.utils import timezone

from tenants.actor import Member
from tenants.audit import record
from tenants.events import Event
from tenants.flows.found import found
from tenants.flows.tokens import create_token
from tenants.models import ApiToken
from tenants.models.audit import AuditEvent
from tenants.scoping import scope
from tests.cast import account
from tests.factories import unique

Scope = ApiToken.Scope
TRAIL: Final = 6  # rows of `begin_a_trail`


def token_of(
    actor: Member, ceiling: ApiToken.Scope = Scope.MANAGE, *, until: datetime | None = None
) -> tuple[ApiToken, str]:
    until = until or timezone.now() + timedelta(days=1)
    with scope(actor.tenant_id):
        return create_token(actor, name="test", scope=ceiling, expires_at=until)


def bearing(secret: str, **options: Any) -> Client:
    """A program that sends a token with every request."""
    return Client(headers={"Authorization": f"Bearer {secret}"}, **options)


def program(actor: Member, ceiling: ApiToken.Scope = Scope.MANAGE) -> Client:
    """A program that acts for somebody."""
    return bearing(token_of(actor, ceiling)[1])


def weaker(actor: Member, ceiling: ApiToken.Scope) -> Member:
    """The same person, through a token that may do less."""
    return replace(actor, scope=ceiling)


def begin_a_trail() -> Member:
    """An organisation that was founded, and entered five times."""
    actor = found(unique("acme"), name="Acme Ltd", owner=account("alice"))
    for _ in range(TRAIL - 1):
        with scope(actor.tenant_id):
            record(actor, Event.ORGANISATION_ENTERED)
    return actor


def settle_the_trail() -> None:
    """Number the events now: a test's transaction has no COMMIT that would."""
    connection.check_constraints()


def bodies(actor: Member) -> list[str]:
    """The events of an organisation, as they are kept."""
    with scope(actor.tenant_id):
        return list(AuditEvent.objects.order_by("id").values_list("body", flat=True))


def acts(actor: Member) -> list[dict[str, Any]]:
    """The same, read."""
    return [json.loads(body) for body in bodies(actor)]
