"""Links out of a region, as far as a change of rights touches them.

Links are known to a higher app: the setting `LINK_SOURCES` names functions that answer, for
folders with everything beneath them and for single documents, the links that lead there.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class LiveLink:
    """A link that is neither over nor turned off. It works while its issuer may edit."""

    id: UUID
    document: UUID
    issuer: UUID
    label: str
    expires_at: datetime


type LinkSource = Callable[[Collection[UUID], Collection[UUID]], list[LiveLink]]


def live_links(folders: Collection[UUID], documents: Collection[UUID]) -> list[LiveLink]:
    return [link for source in link_sources() for link in source(folders, documents)]


@cache
def link_sources() -> list[LinkSource]:
    return [cast("LinkSource", import_string(path)) for path in settings.LINK_SOURCES]
