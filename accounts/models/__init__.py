from accounts.models.counter import Counter
from accounts.models.event import AccountEvent
from accounts.models.session import Session
from accounts.models.user import Theme, User

__all__ = ["AccountEvent", "Counter", "Session", "Theme", "User"]
