from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from accounts.models import User
from tenants.commands import SpeakingCommand
from tenants.errors import Invalid, NotFound
from tenants.flows.enter import seats_of
from tenants.models import Membership
from tenants.scoping import scope
from vault.access import Keyring, Role
from vault.flows.explain import explain_access
from vault.flows.holdings import Holding
from vault.flows.reach import Reach, whole_reach
from vault.models import Document, Folder, place_of
from vault.rights.fetching import Held, HeldDocument, HeldFolder


class Command(SpeakingCommand):
    help = (
        "Say what a person can reach: all of it, or whether and why one folder or document. "
        "Exit code 3: they cannot."
    )

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("node", nargs="?", type=UUID, help="the id of a folder or document")
        parser.add_argument("--org", metavar="SLUG", help="where the person has several seats")
        parser.add_argument(
            "--at",
            metavar="MOMENT",
            type=moment,
            help="of one node, as it was then: 2026-03-31 (the end of that day, UTC), or a time",
        )

    def run(self, **options: Any) -> dict[str, Any]:
        user, seats = somebody(options["email"], options["org"])
        if options["node"] is None:
            return everything(user, seats)
        for seat in seats:
            with scope(seat.tenant_id):
                held = found(options["node"])
                if held is not None:
                    return answer(user, held, options["at"])
        raise NotFound("no such folder or document in an organisation of this person")

    def tell(self, facts: dict[str, Any]) -> None:
        if "keys" in facts:
            self.tell_all(facts)
            return
        name = facts.get("document") or facts.get("folder")
        self.stdout.write(f"{facts['person']} on “{name}”: {facts['role']}")
        for reason in facts["reasons"]:
            self.stdout.write(f"  - {reason}")

    def tell_all(self, facts: dict[str, Any]) -> None:
        counts = ", ".join(f"{role} {number}" for role, number in facts["documents"].items())
        self.stdout.write(f"{facts['person']} in {facts['organisation']}: {facts['seat']}")
        self.stdout.write(f"documents: {counts}")
        if facts["everything"]:
            self.stdout.write("  - manage on everything, as an owner or admin")
        for key in facts["keys"]:
            team = f", as part of {key['team']}" if key["team"] else ""
            until = f", until {key['expires_at']}" if key["expires_at"] else ""
            self.stdout.write(
                f"  - {key['role']} on the {key['kind']} “{key['name']}”{team}, given by "
                f"{key['granted_by'] or 'someone who has left'} on {key['granted_at']}{until}: "
                f"opens {key['documents']}"
            )


def somebody(email: str, slug: str | None) -> tuple[User, list[Membership]]:
    """The person, and their seats: all of them, or the one that was asked for."""
    user = User.objects.filter(email=User.objects.normalize_email(email)).first()
    if user is None:
        raise NotFound(f"nobody has the address {email}")
    seats = [seat for seat in seats_of(user.pk) if slug in (None, seat.tenant.slug)]
    if not seats:
        raise NotFound(f"{email} is no member of {slug or 'any organisation'}")
    return user, seats


def found(node_id: UUID) -> Held | None:
    everything = Keyring(to_everything=True)
    if document := Document.objects.filter(pk=node_id).first():
        return HeldDocument(document, place_of(document.folder_id), Role.MANAGE, everything)
    if folder := Folder.objects.filter(pk=node_id).first():
        return HeldFolder(folder, place_of(folder.pk), Role.MANAGE, everything)
    return None


def moment(text: str) -> datetime:
    """Raises `ValueError`, which the parser says."""
    if len(text) == len("2026-03-31"):
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def answer(user: User, held: Held, at: datetime | None) -> dict[str, Any]:
    entry = next((e for e in explain_access(held, at=at) if e.person.pk == user.pk), None)
    kind = "document" if isinstance(held, HeldDocument) else "folder"
    return {
        "ok": entry is not None,
        "person": user.email,
        kind: held.node.name,
        "role": entry.role.word if entry else "none",
        "reasons": [cause.words for cause in entry.causes] if entry else [],
    }


def everything(user: User, seats: list[Membership]) -> dict[str, Any]:
    if len(seats) > 1:
        slugs = ", ".join(sorted(seat.tenant.slug for seat in seats))
        raise Invalid(f"{user.email} is a member of several organisations: --org, of {slugs}")
    (seat,) = seats
    with scope(seat.tenant_id):
        reach = whole_reach(seat)
        return facts_of(user, seat, reach)


def facts_of(user: User, seat: Membership, reach: Reach) -> dict[str, Any]:
    by_role = {role.word: number for role, number in reach.documents.items()}
    return {
        "person": user.email,
        "organisation": seat.tenant.slug,
        "seat": seat.role,
        "everything": reach.to_everything,
        "documents": {"total": reach.total, **by_role},
        "keys": [key_facts(holding) for holding in reach.keys.items],
    }


def key_facts(holding: Holding) -> dict[str, Any]:
    key = holding.grant
    return {
        "grant": key.grant,
        "node": key.node,
        "kind": key.at,
        "name": holding.node.name,
        "way": [step.name for step in holding.way],
        "role": key.role.word,
        "team": holding.team or None,
        "granted_by": holding.by or None,
        "granted_at": key.granted_at.isoformat() if key.granted_at else None,
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "documents": holding.documents,
    }
