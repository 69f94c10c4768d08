"""A form that was sent after the session had ended: kept in the browser's next session.

The person signs in, sees what they had written, and sends it by a button of their own. Passwords
are never kept, files cannot be, and after an hour it is forgotten.
"""

import time
from dataclasses import asdict, dataclass
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

NAME: Final = "accounts.unsent"
SECONDS: Final = 60 * 60
MOST_CHARACTERS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Unsent:
    path: str
    fields: list[tuple[str, str]]
    at: float


def keep(request: HttpRequest) -> bool:
    """Keep the form of this request; False if it is not one that can be kept."""
    if request.content_type != "application/x-www-form-urlencoded":
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
    ]
    if sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        return False
    request.session[NAME] = asdict(Unsent(request.get_full_path(), fields, time.time()))
    return True


def kept(session: SessionBase) -> Unsent | None:
    found = session.get(NAME)
    if found is None or found["at"] < time.time() - SECONDS:
        return None
    return Unsent(**found)


def forget(session: SessionBase) -> None:
    if NAME in session:
        del session[NAME]
