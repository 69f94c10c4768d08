from accounts.models.counter import Counter
from accounts.models.event import AccountEvent
from accounts.models.session import Session
from accounts.models.user import Column, Theme, User

__all__ = ["AccountEvent", "Column", "Counter", "Session", "Theme", "User"]
