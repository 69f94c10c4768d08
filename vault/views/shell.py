"""What stands around every page of an organisation: how full it is, one's own folder, and news."""

from django.http import HttpRequest

from tenants.actor import Member
from tenants.scoping import in_scope
from vault.flows.folders import home_of
from vault.flows.news import unread
from vault.flows.requests import desk_of
from vault.models import Usage


def storage(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Member) or not in_scope():  # an error's page stands outside
        return {}
    usage = Usage.objects.of(None).first() or Usage()
    taken = usage.stored + usage.reserved
    ratio = taken / usage.limit if usage.limit else bool(taken)
    meter = {
        "stored": usage.stored,
        "reserved": usage.reserved,
        "limit": usage.limit,
        "percent": min(max(round(100 * ratio), bool(taken)), 100),  # a sliver at least
    }
    return {
        "storage": meter,
        "home_folder": home_of(actor),
        "unread": 0 if actor.viewing else unread(actor),
        "desk": None if actor.viewing else desk_of(actor),
    }
