"""What is recorded about links: `source:subject:verb`."""

from enum import StrEnum


class Event(StrEnum):
    LINK_CREATED = "sharing:link:created"
    LINK_REVOKED = "sharing:link:revoked"
    LINK_DOWNLOADED = "sharing:link:downloaded"
