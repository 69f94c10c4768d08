"""Found an organisation: its row, its policy, the team of everyone, its owner."""

from django.db import IntegrityError, transaction

from accounts.models import User
from tenants.actor import Member, member_of
from tenants.audit import record
from tenants.errors import Invalid, SlugTaken
from tenants.events import Event
from tenants.flows.join import seat
from tenants.flows.teams import make_team
from tenants.models import MembershipRole, Organisation, Policy
from tenants.scoping import scope
from tenants.slugs import is_free_of_meaning


@transaction.atomic
def found(slug: str, *, name: str, owner: User) -> Member:
    """The new organisation's first owner, as an actor. Raises `Invalid`, `SlugTaken`."""
    if not is_free_of_meaning(slug):
        raise Invalid(f"{slug!r} can't be an organisation's address")
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(slug=slug, name=name)
    except IntegrityError as error:
        raise SlugTaken from error
    with scope(organisation.pk):
        Policy.objects.create(tenant=organisation)
        make_team(organisation.pk, "Everyone", is_everyone=True)
        membership = seat(organisation.pk, owner, MembershipRole.OWNER)
        actor = member_of(membership)
        record(actor, Event.ORGANISATION_FOUNDED, organisation, slug=slug)
        return actor
