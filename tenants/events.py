"""What is recorded about organisations: `source:subject:verb`, and the sentence that tells it."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    ORGANISATION_FOUNDED = "tenants:organisation:founded"
    ORGANISATION_ENTERED = "tenants:organisation:entered"
    MEMBER_JOINED = "tenants:member:joined"
    MEMBER_CHANGED = "tenants:member:changed"
    MEMBER_LEFT = "tenants:member:left"
    TEAM_CREATED = "tenants:team:created"
    TEAM_RENAMED = "tenants:team:renamed"
    TEAM_DELETED = "tenants:team:deleted"
    TEAM_JOINED = "tenants:team:joined"
    TEAM_LEFT = "tenants:team:left"
    TOKEN_CREATED = "tenants:token:created"  # noqa: S105  an action, not a secret
    TOKEN_REVOKED = "tenants:token:revoked"  # noqa: S105  an action, not a secret
    VIEWING_BEGUN = "tenants:viewing:begun"
    VIEWING_ENDED = "tenants:viewing:ended"
    REQUEST_REFUSED = "tenants:request:refused"


SENTENCES: Final[dict[str, str | Promise]] = {
    Event.ORGANISATION_FOUNDED: _("{actor} founded the organisation"),
    Event.ORGANISATION_ENTERED: _("{actor} entered the organisation"),
    Event.MEMBER_JOINED: _("{actor} added {who} as {seat}"),
    Event.MEMBER_CHANGED: _("{actor} made {who}, who was {before}, {after}"),
    Event.MEMBER_LEFT: _("{actor} ended the membership of {who}"),
    Event.TEAM_CREATED: _("{actor} created the team {team}"),
    Event.TEAM_RENAMED: _("{actor} renamed the team “{before}” to “{after}”"),
    Event.TEAM_DELETED: _("{actor} deleted the team “{name}”, and with it its keys"),
    Event.TEAM_JOINED: _("{actor} put {who} into the team {team}"),
    Event.TEAM_LEFT: _("{actor} took {who} out of the team {team}"),
    Event.TOKEN_CREATED: _("{actor} created an API token that ends on {until}"),
    Event.TOKEN_REVOKED: _("{actor} revoked an API token"),
    Event.VIEWING_BEGUN: _("{actor} began to view the organisation as {who}"),
    Event.VIEWING_ENDED: _("{actor} stopped viewing the organisation as {who}"),
    Event.REQUEST_REFUSED: _("{actor} was refused ({code})"),
}
