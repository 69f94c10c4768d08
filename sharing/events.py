"""What is recorded about links: `source:subject:verb`, and the sentence that tells it."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    LINK_CREATED = "sharing:link:created"
    LINK_REVOKED = "sharing:link:revoked"
    LINK_DOWNLOADED = "sharing:link:downloaded"


SENTENCES: Final[dict[str, str | Promise]] = {
    Event.LINK_CREATED: _("{actor} created a link to “{node}” that ends on {until}"),
    Event.LINK_REVOKED: _("{actor} turned off a link to “{node}”"),
    Event.LINK_DOWNLOADED: _("{actor} began to download version {version} of “{node}”"),
}
