"""What Acme's people did with their papers: named, moved, marked, read, thrown away."""

from settings.demo.filing import called, put, put_all
from settings.demo.papers import notes
from settings.demo.papers.receipts import FOUND
from settings.demo.people import Acme
from settings.demo.rooms import Rooms, folder
from tenants.actor import Member
from tenants.scoping import scope
from vault.access import Role
from vault.flows.download import download
from vault.flows.folders import rename_folder
from vault.flows.grant import Principal, grant_on_document
from vault.flows.move import move_document
from vault.flows.rename import rename
from vault.flows.star import star_document, star_folder
from vault.flows.trash import trash_document, trash_folder
from vault.flows.visit import look_at
from vault.models import Document, Folder
from vault.names import DisplayName


def live(acme: Acme, rooms: Rooms) -> None:
    camera = put(acme.bob, rooms.receipts, FOUND.photograph(name="IMG_4471.jpg"))
    with scope(acme.alice.tenant_id):
        old = folder(acme.alice, rooms.root, "Price lists")
    put_all(acme.alice, old, notes.PRICE_LISTS)
    with scope(acme.alice.tenant_id):
        mark(acme, rooms)
        look_around(acme)
        pass_on(acme)
        tidy_up(acme, rooms, camera, old)


def tidy_up(acme: Acme, rooms: Rooms, camera: Document, old: Folder) -> None:
    rename_folder(acme.alice, old.pk, to=DisplayName("Price lists 2024"))
    rename(acme.bob, camera.pk, to=DisplayName(FOUND.file_name))
    letter = called("Letter Marrowgate keys and deposit.png")
    move_document(acme.alice, letter.pk, to=rooms.office.pk)
    trash_document(acme.bob, called(notes.DRAFT.name).pk)
    trash_folder(acme.alice, old.pk)


def mark(acme: Acme, rooms: Rooms) -> None:
    star_folder(acme.alice, rooms.contracts.pk)
    star_document(acme.alice, called("Lease 12 Harbour Street.pdf").pk)
    star_document(acme.alice, called("Suppliers.csv").pk)
    star_folder(acme.bob, rooms.receipts.pk)
    star_document(acme.carol, called("Hosting and data processing.pdf").pk)


def pass_on(acme: Acme) -> None:
    """Out of one's own folder, to one person: who is told."""
    lend(acme.carol, notes.AUDIT.name, acme.alice, Role.EDIT)
    lend(acme.bob, notes.OFFER.name, acme.alice, Role.READ)
    lend(acme.alice, notes.IDEAS.name, acme.bob, Role.EDIT)


def look_around(acme: Acme) -> None:
    """Everybody opened something, the last of it comes first among what they opened."""
    for name in ("Suppliers.csv", "Insurance of the office 2026.pdf", notes.BOARD.name):
        look_at(acme.alice, called(name).pk)
    look_at(acme.alice, called("Lease 12 Harbour Street.pdf").pk)
    for person in (acme.bob, acme.carol):
        look_at(person, called(notes.MOVE.name).pk)
        download(person, called("Cleaning agreement.pdf").pk)


def lend(actor: Member, name: str, to: Member, role: Role) -> None:
    person = Principal("user", to.user_id)
    grant_on_document(actor, called(name).pk, to=person, role=role)
