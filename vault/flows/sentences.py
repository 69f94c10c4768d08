"""The trail in sentences: the words are the apps' own, the names those that the reader may see.

A fact that a sentence names and a row does not have is said as a dash: the trail outlives what it
speaks of.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.models import Membership, MembershipRole, Team
from tenants.trail import Entry
from vault.access import Keyring, Role
from vault.flows.reasons import ROLE_WORDS
from vault.models import BulkAct, Document, Folder

DASH: Final = "\N{EN DASH}"
PEOPLE: Final = ("user", "member")
STATES: Final = {"whole": gettext_lazy("whole"), "broken": gettext_lazy("broken")}
KINDS: Final[dict[str, tuple[Promise, tuple[str, ...]]]] = {
    "documents": (
        gettext_lazy("Documents"),
        ("vault:document:", "vault:version:", "vault:trash:", "vault:bulk:"),
    ),
    "folders": (gettext_lazy("Folders"), ("vault:folder:", "vault:home:")),
    "access": (gettext_lazy("Access"), ("vault:access:",)),
    "links": (gettext_lazy("Links"), ("sharing:link:",)),
    "people": (
        gettext_lazy("People and teams"),
        (
            *("tenants:member:", "tenants:team:", "tenants:token:"),
            *("tenants:organisation:", "tenants:viewing:"),
        ),
    ),
    "refusals": (gettext_lazy("Refusals"), ("tenants:request:refused",)),
    "upkeep": (gettext_lazy("Upkeep"), ("vault:trail:", "vault:quota:", "vault:upload:")),
}
NODES: Final = ("folder", "parent", "source", "target")


@cache
def sentences() -> Mapping[str, str | Promise]:
    """By action: what the setting names, put together."""
    words: dict[str, str | Promise] = {}
    for path in settings.EVENT_SENTENCES:
        words |= import_string(path)
    return words


def kinds() -> list[tuple[str, Promise]]:
    """What a reader of the trail may ask for, with its words."""
    return [(kind, words) for kind, (words, _prefixes) in KINDS.items()]


def actions_of(kind: str) -> list[str]:
    prefixes = KINDS[kind][1] if kind in KINDS else ()
    return [action for action in sentences() if action.startswith(prefixes)] if prefixes else []


@dataclass(frozen=True, slots=True)
class Told:
    entry: Entry
    words: str
    node: Folder | Document | None  # what it was done to, while the reader may see it


def tell(keyring: Keyring, entries: Sequence[Entry]) -> list[Told]:
    """For whoever holds these keys: five queries, however many there are."""
    names = Names.of(keyring, entries)
    return [Told(entry, names.say(entry), names.live(entry.about)) for entry in entries]


@dataclass(frozen=True, slots=True)
class Names:
    people: Mapping[str, str]  # by the ids of persons and of memberships
    teams: Mapping[str, str]
    nodes: Mapping[str, Folder | Document]

    @classmethod
    def of(cls, keyring: Keyring, entries: Sequence[Entry]) -> "Names":
        ids = {value for entry in entries for value in ids_in(entry)}
        seats = Membership.objects.filter(user__in=ids) | Membership.objects.filter(pk__in=ids)
        people = {}
        for seat in seats.select_related("user"):
            people[str(seat.pk)] = people[str(seat.user_id)] = str(seat.user)
        teams = Team.objects.filter(pk__in=ids)
        nodes = {str(node.pk): node for node in nodes_among(keyring, ids)}
        return cls(people, {str(team.pk): team.name for team in teams}, nodes)

    def live(self, about: UUID | None) -> Folder | Document | None:
        node = self.nodes.get(str(about))
        return node if node and node.trashed_id is None else None

    def say(self, entry: Entry) -> str:
        words = sentences().get(entry.action, "{actor}: " + entry.action)
        return str(words).format_map(Facts(self.facts(entry)))

    def facts(self, entry: Entry) -> dict[str, str]:
        facts = {name: plainly(name, value) for name, value in entry.facts.items()}
        subject = entry.subject["id"] if entry.subject else ""
        who = next((entry.facts[key] for key in PEOPLE if entry.facts.get(key)), subject)
        node = self.nodes.get(str(entry.about))
        return {
            **facts,
            **{key: self.node(entry.facts[key]) for key in NODES if key in entry.facts},
            "actor": self.actor(entry),
            "node": node.name if node else facts.get("name", DASH),
            "who": self.people.get(who) or self.teams.get(entry.facts.get("team", ""), DASH),
            "team": self.teams.get(entry.facts.get("team") or subject, facts.get("name", DASH)),
            "seat": role_of(entry.facts.get("role", "")),
            "until": day(entry.facts.get("until") or entry.facts.get("expires_at")),
        }

    def actor(self, entry: Entry) -> str:
        kind, identity = entry.actor["kind"], entry.actor["id"]
        if kind == "member":
            left = entry.trace.get("name") or _("Someone who has left")
            who = self.people.get(entry.actor["user"]) or left
            return self.through_whose_eyes(entry, who)
        if kind == "link":
            return _("Somebody with a link")
        return _("Strongroom itself (%(task)s)") % {"task": identity}

    def through_whose_eyes(self, entry: Entry, who: str) -> str:
        member, team = entry.actor.get("as_member"), entry.actor.get("as_team")
        if member is None and team is None:
            return who
        other = self.people.get(member or "") or self.teams.get(team or "") or DASH
        return _("%(who)s (viewing as %(other)s)") % {"who": who, "other": other}

    def node(self, identity: object) -> str:
        node = self.nodes.get(str(identity))
        if isinstance(node, Folder) and node.is_root:
            return _("Documents")  # as on every page
        return node.name if node else DASH


class Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return DASH


def ids_in(entry: Entry) -> Iterator[UUID]:
    subject = entry.subject["id"] if entry.subject else ""
    actor = (entry.actor.get(key) for key in ("user", "as_member", "as_team"))
    values = [*actor, str(entry.about), subject, entry.facts.get("team")]
    for value in [*values, *(entry.facts.get(key) for key in (*PEOPLE, *NODES))]:
        try:
            yield UUID(str(value))
        except ValueError:
            continue  # a system's name, the code of a version: no id


def nodes_among(keyring: Keyring, ids: Collection[UUID]) -> Iterable[Folder | Document]:
    """With what lies in the trash, for who sees everything."""
    if keyring.opens_everything(Role.PREVIEW):
        yield from Folder.with_trash.filter(pk__in=ids)
        yield from Document.with_trash.filter(pk__in=ids)
    else:
        yield from Folder.objects.opened_by(keyring).filter(pk__in=ids)
        yield from Document.objects.opened_by(keyring).filter(pk__in=ids)


def plainly(name: str, value: Any) -> str:
    if value is None:
        return DASH
    if name == "state" and value in STATES:
        return str(STATES[value])
    if name == "act" and value in BulkAct.values:
        return str(BulkAct(value).label)
    if name == "role" and value in {role.word for role in Role}:
        return str(ROLE_WORDS[Role.from_word(value)])
    if name in ("before", "after") and isinstance(value, int):
        return filesizeformat(value)
    if name in ("before", "after") and value in MembershipRole.values:
        return role_of(value)
    return str(value)


def role_of(word: str) -> str:
    return str(MembershipRole(word).label) if word in MembershipRole.values else DASH


def day(text: str | None) -> str:
    if not text:
        return DASH
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATE_FORMAT")
