from uuid import UUID

from accounts.models import Session
from accounts.sessions import digest


def end_sessions(user_id: UUID, *, except_key: str | None = None) -> int:
    """End a person's sessions, all but the one of this key; holds from the next request.

    Returns how many were ended.
    """
    sessions = Session.objects.filter(user_id=user_id)
    if except_key:
        sessions = sessions.exclude(digest=digest(except_key))
    return sessions.delete()[0]
