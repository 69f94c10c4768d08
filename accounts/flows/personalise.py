"""How a person wants things: their name, language, zone and the looks of every page."""

from collections.abc import Mapping
from typing import Any, Final

from accounts.models import User

CHOSEN: Final = ("name", "language", "zone", "theme", "density", "shortcuts", "columns", "sort")


def personalise(person: User, chosen: Mapping[str, Any]) -> None:
    """Keep what was chosen, checked already; the rest stays as it is."""
    changed = [name for name in CHOSEN if name in chosen and getattr(person, name) != chosen[name]]
    for name in changed:
        setattr(person, name, chosen[name])
    if changed:
        person.save(update_fields=changed)
