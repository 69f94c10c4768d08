"""Acme's folders, and who holds a key to which."""

from collections.abc import Mapping
from dataclasses import dataclass

from settings.demo.papers.paper import MONTHS, day_in, quarter_of
from settings.demo.people import Acme
from tenants.actor import Member
from vault.access import Role
from vault.flows.folders import create_folder, home_of, root_of
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.restrict import restrict_folder
from vault.models import Folder
from vault.names import DisplayName


@dataclass(frozen=True, slots=True)
class Rooms:
    """`quarters` are the folders of the invoices, by `quarter_of` their days."""

    root: Folder
    contracts: Folder
    receipts: Folder
    quarters: Mapping[str, Folder]
    payroll: Folder
    board: Folder
    office: Folder


def furnish(acme: Acme) -> Rooms:
    """Root and homes are there already: everyone reads the one, and nobody the others'."""
    alice, root = acme.alice, root_of(acme.alice)
    invoices = folder(alice, root, "Invoices 2025-26")
    rooms = Rooms(
        root,
        folder(alice, root, "Contracts"),
        folder(alice, root, "Receipts"),
        {name: folder(alice, invoices, name) for name in quarters()},
        folder(alice, root, "Payroll"),
        folder(alice, root, "Board"),
        folder(alice, root, "New office"),
    )
    for walled in (invoices, rooms.payroll, rooms.board):
        restrict_folder(alice, walled.pk)
    hand_out_keys(acme, invoices, rooms)
    return rooms


def hand_out_keys(acme: Acme, invoices: Folder, rooms: Rooms) -> None:
    finance, legal = Principal("team", acme.finance.pk), Principal("team", acme.legal.pk)
    bob, carol = Principal("user", acme.bob.user_id), Principal("user", acme.carol.user_id)
    keys = (
        (invoices, finance, Role.EDIT),
        (rooms.receipts, finance, Role.EDIT),
        (rooms.contracts, legal, Role.EDIT),
        (rooms.board, legal, Role.READ),
        (rooms.payroll, carol, Role.READ),
        (rooms.office, bob, Role.EDIT),
    )
    for room, holder, role in keys:
        grant_on_folder(acme.alice, room.pk, to=holder, role=role)


def folder(actor: Member, parent: Folder, name: str) -> Folder:
    return create_folder(actor, parent.pk, name=DisplayName(name))


def home(actor: Member) -> Folder:
    found = home_of(actor)
    assert found is not None  # a member's; guests have none
    return found


def quarters() -> list[str]:
    return [quarter_of(day_in(month, 1)) for month in range(0, MONTHS, 3)]
