"""A program presents a member's token.

    sr_ + base64url(tenant 16 bytes, token 16, secret 32)

The row has the SHA-256 of the whole (a secret of 256 bits needs no slow hash); the text is shown
once. Tenant and id come first so that the row can be read inside its tenant's scope.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tenants.actor import Member
from tenants.addresses import trace_of
from tenants.errors import NotFound, NotSignedIn, Suspended
from tenants.keys import ForgedToken, decode, encode
from tenants.models import ApiToken, MembershipRole, Organisation
from tenants.scoping import ask

PREFIX: Final = "sr_"
USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)
# Written out, because every request of a program begins with it.
PRESENTED: Final = """
    SELECT token.digest, token.scope, token.last_used_at,
           seat.id, seat.role, person.id, coalesce(nullif(person.name, ''), person.email),
           tenant.slug, tenant.name, tenant.state
    FROM tenants_apitoken token
    JOIN tenants_organisation tenant ON tenant.id = token.tenant_id
    JOIN tenants_membership seat ON seat.id = token.membership_id
    JOIN accounts_user person ON person.id = seat.user_id AND person.is_active
    WHERE token.id = %(token)s AND token.revoked_at IS NULL AND token.expires_at > %(now)s
"""


def mint(tenant_id: UUID, token_id: UUID) -> str:
    return PREFIX + encode(tenant_id.bytes + token_id.bytes + secrets.token_bytes(32))


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True, slots=True)
class Secret:
    tenant_id: UUID
    token_id: UUID
    digest: bytes


def secret_in(request: HttpRequest) -> Secret:
    """A request's bearer token (RFC 6750): not yet asked whether there is one like it.

    Raises `NotSignedIn`.
    """
    text = bearer(request)
    return Secret(*ids_in(text), digest(text))


def present_token(request: HttpRequest, secret: Secret, *, slug: str | None = None) -> Member:
    """The member behind a token, in its tenant's scope.

    Raises `NotSignedIn`; `NotFound` for another organisation than the token's; `Suspended`.
    """
    tenant_id, token_id = secret.tenant_id, secret.token_id
    token = live_token(secret)
    note_use(token_id, token.last_used_at)
    tenant = Organisation(tenant_id, token.slug, token.organisation, token.state)
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


class Presented(NamedTuple):
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


def live_token(secret: Secret) -> Presented:
    rows = ask(PRESENTED, {"token": secret.token_id, "now": timezone.now()})
    tokens = [Presented(*row) for row in rows]
    if not tokens or not hmac.compare_digest(tokens[0].digest, secret.digest):
        raise NotSignedIn
    return tokens[0]


def note_use(token_id: UUID, last_used_at: datetime | None) -> None:
    """Of several requests at once one notes it, and the others do not wait for its end."""
    now = timezone.now()
    if last_used_at is None or last_used_at < now - USE_IS_NOTED_EVERY:
        free = ApiToken.objects.select_for_update(skip_locked=True).filter(pk=token_id)
        ApiToken.objects.filter(pk__in=free.values("pk")).update(last_used_at=now)
