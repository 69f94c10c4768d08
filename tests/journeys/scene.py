"""An organisation with a bit of everything, and the people who look at it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.flows.open_account import password_path
from accounts.models import User
from sharing.flows.create import Terms, create_link, revoke_link
from sharing.models import Link
from sharing.tokens import address_of
from tenants.actor import Member, member_of
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Team
from tenants.scoping import scope
from tests.cast import Acme, account, found_acme, found_rival
from tests.factories import pdf, png, put
from tests.gateway.visitor import path_of
from vault.access import Role
from vault.flows.ask import ask_for_document, ask_for_folder
from vault.flows.bulk import move_all, trash_all
from vault.flows.choose import ticked
from vault.flows.decide import approve, decline
from vault.flows.describe import describe
from vault.flows.folders import create_folder
from vault.flows.founding import join_organisation
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.mail_notices import token_of
from vault.flows.restrict import restrict_folder
from vault.flows.star import star_document, star_folder
from vault.flows.trash import trash_document
from vault.flows.visit import look_at
from vault.models import AccessRequest, Document, Job
from vault.names import DisplayName

LONG = "Protokoll_der_außerordentlichen_Gesellschafterversammlung_" * 3


@dataclass(frozen=True, slots=True)
class Scene:
    """`people` by their role in it, None for a stranger; `slots` go into the places' paths."""

    people: dict[str, UUID | None]
    slots: dict[str, str]


def set_scene() -> Scene:
    acme, rival = found_acme(limit=10_000_000), found_rival()
    join_organisation_of(rival.mallory, acme.alice)
    with scope(acme.tenant_id):
        gina = join_organisation(acme.alice, account("gina"), MembershipRole.GUEST)
        henry = join_organisation(acme.alice, account("henry"), MembershipRole.GUEST)
        leave = token_of(gina)
    inside, around = folders(acme), links(acme)
    requests(acme, member_of(henry))
    return Scene(
        {
            "alice": acme.alice.user_id,
            "carol": acme.carol.user_id,
            "dan": acme.dan.user_id,
            "erin": account("erin").pk,
            "gina": gina.user_id,
            "henry": henry.user_id,
            "stranger": None,
        },
        {
            "org": acme.slug,
            "rival": found_rival().slug,
            "none": str(uuid4()),
            "reset": password_path(account("frank")),
            "leave": f"/unsubscribe/{leave}/",
            "gina": str(gina.user_id),
            **seats(acme),
            **inside,
            **around,
            **jobs(acme),
        },
    )


def join_organisation_of(owner: Member, somebody: Member) -> None:
    with scope(owner.tenant_id):
        user = User.objects.get(pk=somebody.user_id)
        join_organisation(owner, user, MembershipRole.MEMBER)


def seats(acme: Acme) -> dict[str, str]:
    """The people's seats, by their names."""
    people = {"alice": acme.alice, "carol": acme.carol, "dan": acme.dan}
    return {name: str(actor.membership_id) for name, actor in people.items()}


def requests(acme: Acme, henry: Member) -> None:
    """Of Henry, a guest: one that waits and two that were decided. Carol wants to do more."""
    document, answer = acme.contract.pk, "Please ask Bob.\nHe has the newest one."
    with scope(acme.tenant_id):
        ask_for_document(henry, document, role=Role.EDIT)
        decline(acme.alice, AccessRequest.objects.get(state="open").pk, note=answer)
        ask_for_document(henry, document, role=Role.READ, note="For the audit.")
        approve(acme.alice, AccessRequest.objects.get(state="open").pk, days=7)
        ask_for_folder(henry, acme.folder.pk, role=Role.READ, note=f"For the audit.\n{LONG}")
        ask_for_document(acme.carol, document, role=Role.EDIT)
        ask_for_document(acme.dan, document, role=Role.READ)  # as he may


def folders(acme: Acme) -> dict[str, str]:
    alice = acme.alice
    with scope(acme.tenant_id):
        empty = create_folder(alice, acme.folder.pk, name=DisplayName("Leases"))
        walled = create_folder(alice, acme.folder.pk, name=DisplayName(LONG))
        restrict_folder(alice, walled.pk)
        team = create_team(alice, name="Auditors of the year")
        everyone = Team.objects.get(is_everyone=True)
        add_to_team(alice, team.pk, acme.dan.membership_id)
        nextweek = timezone.now() + timedelta(days=7)
        to = Principal("team", team.pk)
        grant_on_folder(alice, walled.pk, to=to, role=Role.READ, until=nextweek)
        person = Principal("user", acme.dan.user_id)
        grant_on_document(alice, acme.contract.pk, to=person, role=Role.READ)
    put(alice, acme.folder.pk, f"{LONG}.pdf")
    image = put(alice, acme.folder.pk, "Grundriss.png", png(640, 480))
    text = put(alice, acme.folder.pk, "Mieten.csv", b"Rent;1,200\n" * 9_000)
    put(alice, acme.folder.pk, "contract.pdf", pdf("second version"), on_conflict="version")
    throw_away(alice, put(alice, acme.folder.pk, f"{LONG} 2.pdf"))
    with scope(acme.tenant_id):
        star_folder(alice, walled.pk)
        star_document(alice, acme.contract.pk)
        look_at(alice, acme.contract.pk)
        describe(alice, acme.contract.pk, words="What was agreed.\nAnd when.")
    return {
        "folder": str(acme.folder.pk),
        "empty": str(empty.pk),
        "walled": str(walled.pk),
        "document": str(acme.contract.pk),
        "image": str(image.pk),
        "text": str(text.pk),
        "team": str(team.pk),
        "everyone": str(everyone.pk),
    }


def jobs(acme: Acme) -> dict[str, str]:
    """One that was done in part, and one that is told to be under way."""
    old = put(acme.alice, acme.folder.pk, "Old.pdf")
    with scope(acme.tenant_id):
        taken = ticked([acme.folder.pk], [acme.contract.pk, uuid4()])
        done = move_all(acme.alice, taken, to=acme.folder.pk)
        running = trash_all(acme.alice, ticked([], [old.pk]))
        under_way = {"state": "running", "total": 1_284, "done": 612, "ended_at": None}
        Job.objects.filter(pk=running.pk).update(**under_way)
    return {"job": str(done.pk), "running": str(running.pk)}


def throw_away(somebody: Member, document: Document) -> None:
    with scope(somebody.tenant_id):
        trash_document(somebody, document.pk)


def links(acme: Acme) -> dict[str, str]:
    """The addresses of a link that is open, and of those that are not any more."""
    made = {word: make_link(acme, word) for word in ("open", "revoked", "ended")}
    with scope(acme.tenant_id):
        revoke_link(acme.alice, made["revoked"].pk)
        then = timezone.now() - timedelta(days=9)
        over = {"created_at": then, "expires_at": then + timedelta(days=7)}
        Link.objects.filter(pk=made["ended"].pk).update(**over)
    return {word: path_of(address_of(link)) for word, link in made.items()}


def make_link(acme: Acme, label: str) -> Link:
    with scope(acme.tenant_id):
        return create_link(acme.alice, acme.contract.pk, terms=Terms(label=label))
