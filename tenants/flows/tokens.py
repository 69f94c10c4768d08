"""API tokens of a member: made, shown once, revoked."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.ids import uuid7
from tenants.actor import Member
from tenants.audit import record
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.events import Event
from tenants.flows.present import digest, mint
from tenants.models import ApiToken

LONGEST = timedelta(days=366)


@transaction.atomic
def create_token(
    actor: Member, *, name: str, scope: ApiToken.Scope, expires_at: datetime
) -> tuple[ApiToken, str]:
    """The row and the secret, which nobody sees again. Raises `Invalid`, `TooWeak`."""
    if actor.scope != ApiToken.Scope.MANAGE:
        raise TooWeak  # a token mints no token unless it may do all that its member may
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise Invalid("A token ends within a year")
    token_id = uuid7()
    secret = mint(actor.tenant_id, token_id)
    token = ApiToken.objects.create(
        pk=token_id,
        tenant_id=actor.tenant_id,
        membership_id=actor.membership_id,
        name=name,
        digest=digest(secret),
        scope=scope,
        expires_at=expires_at,
    )
    record(actor, Event.TOKEN_CREATED, token, scope=scope, expires_at=expires_at)
    return token, secret


@transaction.atomic
def revoke_token(actor: Member, token_id: UUID) -> None:
    """One's own, or, for admins, anybody's. The very next request with it is refused."""
    tokens = ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True)
    if not actor.administers:
        tokens = tokens.filter(membership_id=actor.membership_id)
    token = tokens.first()
    if token is None:
        raise NotFound
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    record(actor, Event.TOKEN_REVOKED, token)
