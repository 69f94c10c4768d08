"""What is recorded about organisations: `source:subject:verb`."""

from enum import StrEnum


class Event(StrEnum):
    ORGANISATION_FOUNDED = "tenants:organisation:founded"
    ORGANISATION_ENTERED = "tenants:organisation:entered"
    MEMBER_JOINED = "tenants:member:joined"
    MEMBER_CHANGED = "tenants:member:changed"
    MEMBER_LEFT = "tenants:member:left"
    TEAM_CREATED = "tenants:team:created"
    TEAM_JOINED = "tenants:team:joined"
    TEAM_LEFT = "tenants:team:left"
    TOKEN_CREATED = "tenants:token:created"  # noqa: S105  an action, not a secret
    TOKEN_REVOKED = "tenants:token:revoked"  # noqa: S105  an action, not a secret
    REQUEST_REFUSED = "tenants:request:refused"
