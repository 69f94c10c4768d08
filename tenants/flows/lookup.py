"""From the words of a command line to an actor."""

from accounts.models import User
from tenants.actor import Member, Trace, member_of
from tenants.errors import NotFound
from tenants.models import Membership, Organisation
from tenants.scoping import scope


def organisation_called(slug: str) -> Organisation:
    """Raises `NotFound`."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotFound(f"no organisation is called {slug}")
    return organisation


def member_called(email: str, organisation: Organisation) -> Member:
    """Raises `NotFound`."""
    with scope(organisation.pk):
        seat = Membership.objects.filter(user__email=User.objects.normalize_email(email)).first()
        if seat is None:
            raise NotFound(f"{email} is no member of {organisation.slug}")
        return member_of(seat, trace=Trace(name="command line"))
