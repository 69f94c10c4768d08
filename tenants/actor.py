"""Who acts: every flow's first argument. An actor carries its tenant; nothing else names it."""

from dataclasses import dataclass, field
from uuid import UUID

from tenants.errors import TooWeak
from tenants.models import ApiToken, Membership, MembershipRole


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a request came from: kept beside the trail, where it can be erased."""

    ip: str | None = None
    user_agent: str = ""
    request_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    tenant_id: UUID
    user_id: UUID
    membership_id: UUID
    role: MembershipRole
    session: str = ""  # digest or token id: what tells one sitting from another
    scope: ApiToken.Scope = ApiToken.Scope.MANAGE  # the ceiling of every key
    trace: Trace = field(default_factory=Trace)

    @property
    def runs_the_organisation(self) -> bool:
        return self.role in (MembershipRole.OWNER, MembershipRole.ADMIN)

    @property
    def administers(self) -> bool:
        """May use an admin's rights here: a weaker token may not."""
        return self.runs_the_organisation and self.scope == ApiToken.Scope.MANAGE

    def identity(self) -> dict[str, str]:
        return {"kind": "member", "id": str(self.membership_id), "user": str(self.user_id)}


@dataclass(frozen=True, slots=True)
class LinkHolder:
    tenant_id: UUID
    link_id: UUID
    session: str = ""
    trace: Trace = field(default_factory=Trace)

    def identity(self) -> dict[str, str]:
        return {"kind": "link", "id": str(self.link_id)}


@dataclass(frozen=True, slots=True)
class System:
    tenant_id: UUID
    task: str
    session: str = ""
    trace: Trace = field(default_factory=Trace)

    def identity(self) -> dict[str, str]:
        return {"kind": "system", "id": self.task}


def require_no_guest(actor: Member) -> None:
    """Guests see no directory. Raises `TooWeak`."""
    if actor.role == MembershipRole.GUEST:
        raise TooWeak


def require_admin(actor: Member) -> None:
    """Raises `TooWeak`."""
    if not actor.administers:
        raise TooWeak


type Actor = Member | LinkHolder | System


def member_of(membership: Membership, *, trace: Trace | None = None, session: str = "") -> Member:
    return Member(
        tenant_id=membership.tenant_id,
        user_id=membership.user_id,
        membership_id=membership.pk,
        role=MembershipRole(membership.role),
        session=session,
        trace=trace or Trace(),
    )
