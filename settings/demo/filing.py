"""The papers come into their folders, each through the flow that an upload takes."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from settings.demo.papers import notes
from settings.demo.papers.agreement import Agreement
from settings.demo.papers.agreements import AGREEMENTS
from settings.demo.papers.contracts import versions
from settings.demo.papers.invoices import invoices
from settings.demo.papers.letters import keys_letter
from settings.demo.papers.paper import Paper, later, quarter_of
from settings.demo.papers.payslips import payroll
from settings.demo.papers.receipts import receipts
from settings.demo.people import Acme
from settings.demo.rooms import Rooms, home
from tenants.actor import Member
from tenants.scoping import scope
from vault.flows.describe import describe
from vault.flows.filing import OnConflict
from vault.flows.upload import Intake, receiving
from vault.models import Document, Folder, Version

OFFICE_HOURS: Final = (9, 16)
SATURDAY: Final = 5


def file_all(acme: Acme, rooms: Rooms) -> None:
    file_invoices(acme, rooms)
    put_all(acme.bob, rooms.receipts, [*receipts(), notes.DRAFT])
    for agreement in AGREEMENTS:
        file_agreement(acme.alice, rooms.contracts, agreement)
    put_all(acme.alice, rooms.payroll, payroll())
    put_all(acme.alice, rooms.root, [notes.HOW_WE_FILE, notes.supplier_list(), keys_letter()])
    put(acme.alice, rooms.board, notes.BOARD)
    put(acme.bob, rooms.office, notes.MOVE)
    file_at_home(acme)


def file_invoices(acme: Acme, rooms: Rooms) -> None:
    """At the end of each quarter; every third is Carol's."""
    papers = list(invoices())
    for name, quarter in rooms.quarters.items():
        for person in (acme.bob, acme.carol):
            theirs = [
                paper
                for turn, paper in enumerate(papers)
                if quarter_of(paper.day) == name and (turn % 3 == 2) == (person == acme.carol)
            ]
            put_all(person, quarter, theirs)


def file_at_home(acme: Acme) -> None:
    with scope(acme.alice.tenant_id):
        homes = {person: home(person) for person in (acme.alice, acme.bob, acme.carol)}
    put(acme.alice, homes[acme.alice], notes.IDEAS)
    put(acme.bob, homes[acme.bob], notes.OFFER)
    put(acme.carol, homes[acme.carol], notes.AUDIT)


def file_agreement(actor: Member, folder: Folder, agreement: Agreement) -> None:
    document = put_all(actor, folder, versions(agreement), on_conflict="version")[-1]
    if agreement.description:
        with scope(actor.tenant_id):
            describe(actor, document.pk, words=agreement.description)


def put(actor: Member, folder: Folder, paper: Paper) -> Document:
    return put_all(actor, folder, [paper])[0]


def put_all(
    actor: Member,
    folder: Folder,
    papers: Iterable[Paper],
    *,
    on_conflict: OnConflict = "refuse",
) -> list[Document]:
    """As one upload of several files."""
    papers = list(papers)
    length = sum(len(paper.content) for paper in papers)
    with receiving(actor, folder.pk, length=length) as intake:
        documents = [file(intake, paper, on_conflict) for paper in papers]
    with scope(actor.tenant_id):
        for document, paper in zip(documents, papers, strict=True):
            newest = document.current
            assert newest is not None  # the flow made it just now
            Version.objects.filter(pk=newest.pk).update(created_at=came(paper))
    return documents


def file(intake: Intake, paper: Paper, on_conflict: OnConflict) -> Document:
    arrival = intake.begin(paper.name)
    arrival.incoming.write(paper.content)
    return intake.file(arrival, on_conflict=on_conflict)


def came(paper: Paper) -> datetime:
    """A few days after the day that stands on it, in the hours of the office; never to come."""
    chance = Random(f"{paper.name} {paper.day}")  # noqa: S311  a drawing, not a secret
    day = later(paper.day, chance.randint(1, 4))
    day += timedelta(days=max(7 - day.weekday(), 0) if day.weekday() >= SATURDAY else 0)
    at = time(chance.randint(*OFFICE_HOURS), chance.randrange(60), chance.randrange(60))
    return min(datetime.combine(day, at, tzinfo=timezone.get_default_timezone()), timezone.now())


def called(name: str) -> Document:
    """In the organisation in scope, where each name stands once."""
    return Document.objects.get(name=name)
