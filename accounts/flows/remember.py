from django.http import HttpRequest

from accounts.events import Event
from accounts.models import AccountEvent, User
from accounts.origin import origin_of


def remember(event: Event, request: HttpRequest, user: User | None) -> None:
    """Keep one event of an account: the only writer of `AccountEvent`."""
    origin = origin_of(request)
    AccountEvent.objects.create(
        kind=event,
        user=user,
        ip=origin.ip,
        user_agent=origin.user_agent,
        request_id=origin.request_id,
    )
