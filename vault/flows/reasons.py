"""Reasons in words: why somebody has a role, where that was said, and who can change it there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tenants.models import Membership, MembershipPeriod, MembershipRole, Team
from vault.access import NO_WALL, Key, Keyring, Place, Reason, Role
from vault.models import Folder, among
from vault.rights.history import roles_then, team_names_then

ROLE_WORDS = {
    Role.PREVIEW: gettext_lazy("Can preview"),
    Role.READ: gettext_lazy("Can download"),
    Role.EDIT: gettext_lazy("Can edit"),
    Role.MANAGE: gettext_lazy("Can manage access"),
}
ASKED: Final = 3  # managers who are named


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, as a sentence; and where it can be changed, or who can change it there.

    `folder` is the one that the key was given on, while the reader may see it. No `ask` where
    the reader may change it: then `may_change`.
    """

    words: str
    key: Key | None
    by: str = ""
    folder: Folder | None = None
    may_change: bool = False
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Of all that some reasons speak of. Folders that the reader may not see have none."""

    people: Mapping[UUID, User]
    roles: Mapping[UUID, str]  # of those who are members now
    then: Mapping[UUID, str]  # what they were at the moment that is spoken of
    teams: Mapping[UUID, str]
    folders: Mapping[UUID, Folder]

    @classmethod
    def of(
        cls,
        reasons: Iterable[Reason],
        keyring: Keyring,
        *,
        at: datetime | None = None,
        others: Iterable[UUID] = (),
    ) -> "Names":
        """At a past moment people and teams are called what they were then."""
        flat = list(reasons)
        keys = [reason.key for reason in flat if reason.key]
        people = {r.person for r in flat} | {k.granted_by for k in keys if k.granted_by}
        people |= set(others)
        seats = dict(Membership.objects.filter(user__in=people).values_list("user_id", "role"))
        folders = Folder.objects.opened_by(keyring).filter(pk__in={k.node for k in keys})
        teams = dict(Team.objects.values_list("pk", "name")) if at is None else team_names_then(at)
        return cls(
            {user.pk: user for user in known(people, at)},
            in_words(seats),
            in_words(seats if at is None else roles_then(people, at)),
            teams,
            {folder.pk: folder for folder in folders},
        )

    def person(self, user_id: UUID | None) -> str:
        known = self.people.get(user_id) if user_id else None
        return str(known) if known else _("someone who has left")

    def team(self, team_id: UUID) -> str:
        return self.teams.get(team_id, _("a team that is gone"))

    def principal(self, key: Key) -> str:
        return self.team(key.team) if key.team else self.person(key.user)

    def sentence(self, reason: Reason) -> str:
        key = reason.key
        if key is None:
            role = self.then.get(reason.person) or _("Owner or admin")
            return _("%(role)s of the organisation") % {"role": role}
        words = [self.through(key), self.where(key), self.when(key)]
        return " ".join(part for part in words if part)

    def through(self, key: Key) -> str:
        role = str(ROLE_WORDS[key.role])
        if key.team is None:
            return role + ":"
        return _("%(role)s as part of %(team)s:") % {"role": role, "team": self.team(key.team)}

    def where(self, key: Key) -> str:
        by = self.person(key.granted_by)
        if key.at == "document":
            return _("given on this document by %(by)s") % {"by": by}
        if folder := self.folders.get(key.node):
            return _("given on the folder “%(folder)s” by %(by)s") % {
                "folder": folder.name,
                "by": by,
            }
        return _("given on a folder further up by %(by)s") % {"by": by}

    def when(self, key: Key) -> str:
        if key.granted_at is None:
            return ""
        since = date_format(key.granted_at, "DATE_FORMAT")
        if key.expires_at is None:
            return _("on %(since)s") % {"since": since}
        until = date_format(key.expires_at, "DATE_FORMAT")
        return _("on %(since)s, until %(until)s") % {"since": since, "until": until}


def known(people: Iterable[UUID], at: datetime | None) -> QuerySet[User]:
    """Members, and for a past moment those who have been, of the organisation in scope."""
    seats: Any = Membership if at is None else MembershipPeriod
    here = seats.objects.filter(user_id__in=among(people)).values("user_id")
    return User.objects.filter(pk__in=here)


def in_words(roles: Mapping[UUID, str]) -> dict[UUID, str]:
    return {person: str(MembershipRole(role).label) for person, role in roles.items()}


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where each key of a node's reasons can be changed: at the folder that it was given on."""

    node: UUID
    role: Role  # the reader's, on the node
    place: Place
    keyring: Keyring
    managing: Mapping[UUID, set[UUID]]  # by folder or document: who manages by a key given there

    @classmethod
    def of(
        cls,
        node: UUID,
        role: Role,
        place: Place,
        keyring: Keyring,
        people: Mapping[UUID, list[Reason]],
    ) -> "Remedies":
        managing: dict[UUID, set[UUID]] = {}
        for person, reasons in people.items():
            for reason in reasons:
                if reason.key and reason.role == Role.MANAGE:
                    managing.setdefault(reason.key.node, set()).add(person)
        return cls(node, role, place, keyring, managing)

    def may_change(self, key: Key) -> bool:
        if key.node == self.node:
            return self.role >= Role.MANAGE
        return self.keyring.role_in(above(self.place, key.node)) >= Role.MANAGE

    def managers(self, key: Key) -> list[UUID]:
        """Who manages where the key was given: by keys there or further up, first come first."""
        if key.at == "document":
            line: tuple[UUID, ...] = (key.node, *self.place.within_reach)
        else:
            line = above(self.place, key.node).within_reach
        found = [p for node in line for p in sorted(self.managing.get(node, ()))]
        return list(dict.fromkeys(found))[:ASKED]


def above(place: Place, folder: UUID) -> Place:
    """Where a folder on the way up stands itself."""
    up = place.way_up.index(folder)
    wall = place.wall_distance
    return Place(place.way_up[up:], NO_WALL if wall == NO_WALL else wall - up)
