"""Is a link good now? Pure: terms and a moment in, a judgement out.

A link is good from its making to its end, unless its maker turned it off, its generation moved
on, or its maker lost the right that it passes on.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Judgement(StrEnum):
    USABLE = "usable"
    UNKNOWN = "unknown"  # a token of another generation: to its holder, no link at all
    REVOKED = "revoked"
    ENDED = "ended"
    UNAVAILABLE = "unavailable"  # its maker may not pass this on any more, or it can't be served


@dataclass(frozen=True, slots=True)
class LinkTerms:
    generation: int
    expires_at: datetime
    is_revoked: bool
    issuer_may: bool
    is_served: bool


def judge(link: LinkTerms, *, generation: int, now: datetime) -> Judgement:
    if link.generation != generation:
        return Judgement.UNKNOWN
    if link.is_revoked:
        return Judgement.REVOKED
    if link.expires_at <= now:
        return Judgement.ENDED
    if not (link.issuer_may and link.is_served):
        return Judgement.UNAVAILABLE
    return Judgement.USABLE
