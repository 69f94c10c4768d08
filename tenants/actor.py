"""Who acts: every flow's first argument. An actor carries its tenant; nothing else names it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from tenants.errors import TooWeak
from tenants.models import ApiToken, Membership, MembershipRole

NOBODY: Final = UUID(int=0)  # where a team is seen as, which is no person and has no seat


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
    team_id: UUID | None = None  # the keys of this team alone: nobody is seated
    viewing: "Viewing | None" = field(default=None, compare=False)

    @property
    def runs_the_organisation(self) -> bool:
        return self.role in (MembershipRole.OWNER, MembershipRole.ADMIN)

    @property
    def administers(self) -> bool:
        """May use an admin's rights here: a weaker token may not."""
        return self.runs_the_organisation and self.scope == ApiToken.Scope.MANAGE

    @property
    def in_truth(self) -> "Member":
        """The person at the screen, through whosever eyes they look."""
        return self.viewing.viewer if self.viewing else self

    def identity(self) -> dict[str, str]:
        who = self.in_truth
        named = {"kind": "member", "id": str(who.membership_id), "user": str(who.user_id)}
        if self.viewing is None:
            return named
        if self.team_id is not None:
            return {**named, "as_team": str(self.team_id)}
        return {**named, "as_member": str(self.membership_id)}


@dataclass(frozen=True, slots=True)
class Viewing:
    """An owner or admin sees what a member or a team sees, and changes nothing until it ends.

    The page is made in a transaction that only reads; what it owes to the trail waits in `owed`.
    """

    viewer: Member
    name: str  # of the person or the team
    until: datetime
    owed: list[Callable[[], object]] = field(default_factory=list, compare=False)


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
