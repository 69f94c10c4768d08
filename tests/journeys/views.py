"""What README.md shows: where each of its pictures is taken, and what must be in it."""

from dataclasses import dataclass
from typing import Final, Literal

LEASE: Final = "Lease 12 Harbour Street.pdf"
PHONE: Final = (390, 844)


@dataclass(frozen=True, slots=True)
class View:
    """`shows` is a text of the page; `size` that of the window, in CSS pixels."""

    path: str
    shows: str
    who: Literal["alice", "stranger"] = "alice"
    scheme: Literal["light", "dark"] = "light"
    size: tuple[int, int] = (1280, 800)


VIEWS: Final = {
    "documents": View("/o/acme/files/{quarter}/", "2026-09 Northwind Paper NP-0047.pdf"),
    "documents-dark": View("/o/acme/files/{quarter}/", "Pellbridge Print", scheme="dark"),
    "document": View("/o/acme/d/{lease}/", "The office lease from January 2027."),
    "links": View("/o/acme/d/{lease}/share/", "Solicitor of Marrowgate Estates"),
    "foreseen": View("/o/acme/files/{quarter}/wall/?restricted=on", "What this changes"),
    "search": View("/o/acme/search/?q=northwind&type=pdf", "2026-01 Northwind Paper"),
    "activity": View("/o/acme/admin/audit/", "Price lists 2024"),
    "trash": View("/o/acme/trash/", "Draft of a letter to Tidewick.txt"),
    "recipient": View("{link}", LEASE, "stranger", size=PHONE),
}
