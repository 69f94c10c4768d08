"""A program presents a member's token.

    sr_ + base64url(tenant 16 bytes, token 16, secret 32)

The row has the SHA-256 of the whole (a secret of 256 bits needs no slow hash); the text is shown
once. Tenant and id come first so that the row can be read inside its tenant's scope.
"""

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from accounts.models.user import CALLED
from tenants.actor import Member
from tenants.addresses import trace_of
from tenants.errors import NotFound, NotSignedIn, Suspended
from tenants.keys import ForgedToken, decode, encode
from tenants.models import ApiToken, MembershipRole, Organisation
from tenants.scoping import ask, scope

logger = logging.getLogger(__name__)

PREFIX: Final = "sr_"
USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)
NEVER: Final = datetime.min.replace(tzinfo=UTC)
# Written out, because every request of a program begins with it.
PRESENTED: Final = f"""
    SELECT token.digest, token.scope, token.last_used_at, seat.id, seat.role, person.id, {CALLED},
           tenant.slug, tenant.name, tenant.state
    FROM tenants_apitoken token
    JOIN tenants_organisation tenant ON tenant.id = token.tenant_id
    JOIN tenants_membership seat ON seat.id = token.membership_id
    JOIN accounts_user person ON person.id = seat.user_id AND person.is_active
    WHERE token.id = %(token)s AND token.revoked_at IS NULL AND token.expires_at > %(now)s
"""  # noqa: S608  its words are ours


def mint(tenant_id: UUID, token_id: UUID) -> str:
    return PREFIX + encode(tenant_id.bytes + token_id.bytes + secrets.token_bytes(32))


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says of itself, before anybody has looked whether there is one like it."""

    tenant_id: UUID
    token_id: UUID
    digest: bytes


def claim_in(request: HttpRequest) -> Claim:
    """Of a request's bearer token (RFC 6750). Raises `NotSignedIn`."""
    secret = bearer(request)
    return Claim(*ids_in(secret), digest(secret))


def present_token(request: HttpRequest, claim: Claim, *, slug: str | None = None) -> Member:
    """The member behind a token, in its tenant's scope.

    Raises `NotSignedIn`; `NotFound` for another organisation than the token's; `Suspended`.
    """
    tenant_id, token_id = claim.tenant_id, claim.token_id
    token = live_token(claim)
    request.token_used = token.last_used_at or NEVER  # type: ignore[attr-defined]
    tenant = Organisation(
        pk=tenant_id, slug=token.slug, name=token.organisation, state=token.state
    )
    if slug is not None and tenant.slug != slug:
        raise NotFound
    if tenant.state != Organisation.State.ACTIVE:
        raise Suspended
    request.organisation = tenant  # type: ignore[attr-defined]
    return Member(
        tenant_id=tenant_id,
        user_id=token.user_id,
        membership_id=token.membership_id,
        role=MembershipRole(token.role),
        session=str(token_id),
        scope=ApiToken.Scope(token.scope),
        trace=trace_of(request, name=token.person),
    )


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


class LiveToken(NamedTuple):
    """What is to know of a token and of whose it is."""

    digest: bytes
    scope: str
    last_used_at: datetime | None
    membership_id: UUID
    role: str
    user_id: UUID
    person: str
    slug: str
    organisation: str
    state: str


def live_token(claim: Claim) -> LiveToken:
    rows = ask(PRESENTED, {"token": claim.token_id, "now": timezone.now()})
    tokens = [LiveToken(*row) for row in rows]
    if not tokens or not hmac.compare_digest(tokens[0].digest, claim.digest):
        raise NotSignedIn
    return tokens[0]


def note_use(request: HttpRequest, claim: Claim) -> None:
    """After the request, in a transaction of its own: what was refused is a use, too, and nobody
    who revokes the token waits for what it asked.
    """
    used = getattr(request, "token_used", None)  # none: it was no token of ours
    now = timezone.now()
    if used is None or used >= now - USE_IS_NOTED_EVERY:
        return
    try:
        with scope(claim.tenant_id):
            ApiToken.objects.filter(pk=claim.token_id).update(last_used_at=now)
    except DatabaseError:  # what was asked is done, and is answered
        logger.exception("The use of token %s could not be noted.", claim.token_id)
