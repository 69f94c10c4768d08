"""Who can see this, and why, with names and in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tenants.models import Membership, Team
from vault.access import Key, Reason, Role
from vault.models import Folder
from vault.rights.explaining import keys_around, who_can
from vault.rights.fetching import Held, HeldDocument

ROLE_WORDS = {
    Role.PREVIEW: gettext_lazy("Can preview"),
    Role.READ: gettext_lazy("Can download"),
    Role.EDIT: gettext_lazy("Can edit"),
    Role.MANAGE: gettext_lazy("Can manage access"),
}

# The sentence of `vault.access`, for people: it stands beside every answer.
RULE_WORDS = gettext_lazy(
    "The strongest key wins. A key opens its folder and everything beneath, except what lies "
    "behind a wall: a restricted folder or document, which only keys at or inside it pass. "
    "Owners and admins of the organisation hold a manage key to everything, walls included."
)


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, as a sentence."""

    words: str
    key: Key | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person with the strongest role and everything that gives it."""

    person: User
    role: Role
    is_direct: bool
    causes: tuple[Cause, ...]


def explain_access(held: Held) -> list[Entry]:
    """One row a person, the strongest first."""
    document = held.document if isinstance(held, HeldDocument) else None
    people = who_can(held.place, document=document)
    names = Names.of(people.values())
    node = document.pk if document else held.place.way_up[0]
    entries = [
        Entry(
            names.people[person],
            reasons[0].role,
            any(reason.key and reason.key.node == node for reason in reasons),
            tuple(names.cause(reason) for reason in reasons),
        )
        for person, reasons in people.items()
        if person in names.people
    ]
    return sorted(entries, key=lambda entry: (-entry.role, str(entry.person).casefold()))


def keys_here(held: Held) -> list[tuple[Key, str, str]]:
    """What was given on the node itself: key, principal's name, giver's name."""
    document = held.document if isinstance(held, HeldDocument) else None
    node = document.pk if document else held.place.way_up[0]
    keys = [key for key in keys_around(held.place, document) if key.node == node]
    names = Names.of([[Reason(key.user or key.granted_by or node, key.role, key)] for key in keys])
    return [(key, names.principal(key), names.person(key.granted_by)) for key in keys]


@dataclass(frozen=True, slots=True)
class Names:
    people: dict[UUID, User]
    roles: dict[UUID, str]
    teams: dict[UUID, str]
    folders: dict[UUID, str]

    @classmethod
    def of(cls, reasons: Iterable[list[Reason]]) -> "Names":
        flat = [reason for some in reasons for reason in some]
        keys = [reason.key for reason in flat if reason.key]
        people = {r.person for r in flat} | {k.granted_by for k in keys if k.granted_by}
        seats = Membership.objects.select_related("user").filter(user__in=people)
        return cls(
            {seat.user_id: seat.user for seat in seats},
            {seat.user_id: seat.get_role_display() for seat in seats},
            dict(Team.objects.values_list("pk", "name")),
            dict(Folder.objects.filter(pk__in=[k.node for k in keys]).values_list("pk", "name")),
        )

    def person(self, user_id: UUID | None) -> str:
        known = self.people.get(user_id) if user_id else None
        return str(known) if known else _("someone who has left")

    def principal(self, key: Key) -> str:
        return self.teams[key.team] if key.team else self.person(key.user)

    def cause(self, reason: Reason) -> Cause:
        key = reason.key
        if key is None:
            role = self.roles.get(reason.person, "")
            return Cause(_("%(role)s of the organisation") % {"role": role}, None)
        words = [self.through(key), self.where(key), self.when(key)]
        return Cause(" ".join(part for part in words if part), key, self.person(key.granted_by))

    def through(self, key: Key) -> str:
        role = str(ROLE_WORDS[key.role])
        if key.team is None:
            return role + ":"
        return _("%(role)s as part of %(team)s:") % {"role": role, "team": self.teams[key.team]}

    def where(self, key: Key) -> str:
        by = self.person(key.granted_by)
        if key.at == "document":
            return _("given on this document by %(by)s") % {"by": by}
        place = self.folders.get(key.node, "")
        return _("given on the folder “%(folder)s” by %(by)s") % {"folder": place, "by": by}

    def when(self, key: Key) -> str:
        if key.granted_at is None:
            return ""
        since = date_format(key.granted_at, "DATE_FORMAT")
        if key.expires_at is None:
            return _("on %(since)s") % {"since": since}
        until = date_format(key.expires_at, "DATE_FORMAT")
        return _("on %(since)s, until %(until)s") % {"since": since, "until": until}
