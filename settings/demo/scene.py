"""The demo: acme with four people and their papers, and a rival that must never see them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.flows.open_account import open_account
from accounts.models import User
from settings.demo import papers
from settings.demo.papers import Paper
from sharing.flows.create import Terms, create_link, revoke_link
from tenants.actor import Member, member_of
from tenants.flows.teams import add_to_team, create_team
from tenants.models import MembershipRole, Organisation
from tenants.scoping import scope
from vault.access import Role
from vault.flows.folders import create_folder, home_of, root_of
from vault.flows.founding import found_organisation, join_organisation
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.restrict import restrict_folder
from vault.flows.upload import receiving
from vault.models import Document, Folder
from vault.names import DisplayName

PASSWORD: Final = "strongroom demo"  # noqa: S105  of made-up people, on one's own machine
GIBIBYTE: Final = 1024**3
YEAR: Final = 2026


@dataclass(frozen=True, slots=True)
class Acme:
    alice: Member
    bob: Member
    carol: Member
    dan: Member


def play() -> bool:
    """Make both organisations with all that is in them; False where they are there already."""
    if Organisation.objects.filter(slug="acme").exists():
        return False
    acme = people()
    with scope(acme.alice.tenant_id):
        invoices, contracts, payroll, home = rooms(acme)
    for paper in papers.invoices(YEAR, 14):
        put(acme.bob, invoices, paper)
    lease = put(
        acme.alice, contracts, papers.contract("Lease 2027", "Acme Ltd and Quayside Estates")
    )
    put(acme.alice, contracts, papers.contract("Insurance 2026", "Acme Ltd and Mutual Shore"))
    put(acme.alice, payroll, papers.ledger(YEAR))
    receipt = "QUAY CAFE\n2 tea      5.60\n1 cake     3.90\ntotal      9.50"
    put(acme.bob, invoices, papers.scan("Receipt cafe.jpg", receipt))
    put(acme.carol, home, papers.notes("Questions for the audit.txt", "Which year is NP-0007?\n"))
    with scope(acme.alice.tenant_id):
        give(acme, lease)
    rivals()
    return True


@transaction.atomic
def people() -> Acme:
    alice = found_organisation(
        "acme", name="Acme Ltd", owner=person("alice", "Alice Ortiz"), limit=5 * GIBIBYTE
    )
    with scope(alice.tenant_id):
        bob = join(alice, "bob", "Bob Chen", MembershipRole.MEMBER)
        carol = join(alice, "carol", "Carol Haddad", MembershipRole.MEMBER)
        dan = join(alice, "dan", "Dan Weber", MembershipRole.GUEST)
    return Acme(alice, bob, carol, dan)


def rooms(acme: Acme) -> tuple[Folder, Folder, Folder, Folder]:
    alice, root = acme.alice, root_of(acme.alice)
    finance = create_team(alice, name="Finance")
    for seat in (acme.bob, acme.carol):
        add_to_team(alice, finance.pk, seat.membership_id)
    invoices = create_folder(alice, root.pk, name=DisplayName(f"Invoices {YEAR}"))
    contracts = create_folder(alice, root.pk, name=DisplayName("Contracts"))
    payroll = create_folder(alice, root.pk, name=DisplayName("Payroll"))
    grant_on_folder(alice, invoices.pk, to=Principal("team", finance.pk), role=Role.EDIT)
    for folder in (invoices, payroll):
        restrict_folder(alice, folder.pk)
    home = home_of(acme.carol)
    assert home is not None
    return invoices, contracts, payroll, home


def give(acme: Acme, lease: Document) -> None:
    dan = Principal("user", acme.dan.user_id)
    until = timezone.now() + timedelta(days=30)
    grant_on_document(acme.alice, lease.pk, to=dan, role=Role.READ, until=until)
    create_link(acme.alice, lease.pk, terms=Terms(label="For the landlord"))
    ended = create_link(acme.alice, lease.pk, terms=Terms(label="First draft, by mistake"))
    revoke_link(acme.alice, ended.pk)


def rivals() -> None:
    mallory = found_organisation(
        "rival", name="Rival & Sons", owner=person("mallory", "Mallory Price"), limit=GIBIBYTE
    )
    with scope(mallory.tenant_id):
        root = root_of(mallory)
    put(mallory, root, papers.notes("Plans.txt", "Find out what Acme pays for paper.\n"))


def person(word: str, name: str) -> User:
    return open_account(
        f"{word}@{'rival' if word == 'mallory' else 'acme'}.example", name=name, password=PASSWORD
    )


def join(owner: Member, word: str, name: str, role: MembershipRole) -> Member:
    return member_of(join_organisation(owner, person(word, name), role))


def put(actor: Member, folder: Folder, paper: Paper) -> Document:
    with receiving(actor, folder.pk, length=len(paper.content)) as intake:
        arrival = intake.begin(paper.name)
        arrival.incoming.write(paper.content)
        return intake.file(arrival, on_conflict="keep_both")
