"""The organisation itself, and how full it is."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from tenants.http import acting
from tenants.models import MembershipRole, Organisation, Policy
from vault.flows.folders import home_of, root_of
from vault.quota import Breakdown, breakdown

router = Router(tags=["organisation"])


class PolicyOut(BaseModel):
    file_types: list[str]
    max_file_size: int
    link_days_default: int
    link_days_max: int


class OrganisationOut(BaseModel):
    slug: str
    name: str
    role: str
    root_folder: UUID
    home_folder: UUID | None
    policy: PolicyOut


class Room(BaseModel):
    """Bytes. `live`, `versions` and `trash` make `stored`; with `in_flight` they make `total`."""

    limit: int | None
    available: int | None
    total: int
    stored: int
    in_flight: int
    live: int
    versions: int
    trash: int

    @classmethod
    def of(cls, room: Breakdown) -> "Room":
        return cls(
            limit=room.limit,
            available=room.available,
            total=room.total,
            stored=room.stored,
            in_flight=room.in_flight,
            live=room.live,
            versions=room.versions,
            trash=room.trash,
        )


class UsageOut(BaseModel):
    organisation: Room | None  # guests see their own alone
    me: Room


@router.get("", response=OrganisationOut)
def organisation(request: HttpRequest) -> OrganisationOut:
    """The organisation, the folders to begin with, and its rules for files and links."""
    actor = acting(request)
    tenant = Organisation.objects.get(pk=actor.tenant_id)
    home, policy = home_of(actor), Policy.objects.get()
    return OrganisationOut(
        slug=tenant.slug,
        name=tenant.name,
        role=actor.role,
        root_folder=root_of(actor).pk,
        home_folder=home.pk if home else None,
        policy=PolicyOut(
            file_types=policy.file_types,
            max_file_size=policy.max_file_size,
            link_days_default=policy.link_days_default,
            link_days_max=policy.link_days_max,
        ),
    )


@router.get("/usage", response=UsageOut)
def usage(request: HttpRequest) -> UsageOut:
    """How full the organisation is, and the caller's part of it. Guests see that part alone."""
    actor = acting(request)
    is_guest = actor.role == MembershipRole.GUEST
    return UsageOut(
        organisation=None if is_guest else Room.of(breakdown()),
        me=Room.of(breakdown(actor.user_id)),
    )
