"""A program presents a member's token.

    sr_ + base64url(tenant 16 bytes, token 16, secret 32)

The row has the SHA-256 of the whole (a secret of 256 bits needs no slow hash); the text is shown
once. Tenant and id come first so that the row can be read inside its tenant's scope.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tenants.actor import Member, Trace
from tenants.addresses import trace_of
from tenants.errors import NotFound, NotSignedIn, Suspended
from tenants.keys import ForgedToken, decode, encode
from tenants.models import ApiToken, Membership, MembershipRole, Organisation
from tenants.scoping import scope

PREFIX: Final = "sr_"
USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)


def mint(tenant_id: UUID, token_id: UUID) -> str:
    return PREFIX + encode(tenant_id.bytes + token_id.bytes + secrets.token_bytes(32))


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def present_token(request: HttpRequest, *, slug: str | None = None) -> Member:
    """The member behind a request's bearer token (RFC 6750).

    Raises `NotSignedIn`; `NotFound` for another organisation than the token's; `Suspended`.
    """
    secret = bearer(request)
    tenant_id, token_id = ids_in(secret)
    with scope(tenant_id):
        token = live_token(token_id, secret)
        note_use(token)
    membership, tenant = token.membership, token.tenant
    if not membership.user.is_active:
        raise NotSignedIn
    if slug is not None and tenant.slug != slug:
        raise NotFound
    if tenant.state != Organisation.State.ACTIVE:
        raise Suspended
    request.organisation = tenant  # type: ignore[attr-defined]
    return acting(membership, token, trace_of(request, name=str(membership.user)))


def bearer(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedIn
    return secret.strip()


def ids_in(secret: str) -> tuple[UUID, UUID]:
    try:
        raw = decode(secret.removeprefix(PREFIX)) if secret.startswith(PREFIX) else b""
    except ForgedToken as error:
        raise NotSignedIn from error
    if len(raw) != 64:
        raise NotSignedIn
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:32])


def live_token(token_id: UUID, secret: str) -> ApiToken:
    """With its member and organisation, in one query."""
    alive = ApiToken.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
    token = alive.select_related("tenant", "membership__user").filter(pk=token_id).first()
    if token is None or not hmac.compare_digest(bytes(token.digest), digest(secret)):
        raise NotSignedIn
    return token


def note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def acting(membership: Membership, token: ApiToken, trace: Trace) -> Member:
    return Member(
        tenant_id=membership.tenant_id,
        user_id=membership.user_id,
        membership_id=membership.pk,
        role=MembershipRole(membership.role),
        session=str(token.pk),
        scope=ApiToken.Scope(token.scope),
        trace=trace,
    )
