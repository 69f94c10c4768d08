"""The trail, taken out: exactly what a filter shows, up to the moment of asking.

    scope, filter, zone and the chain's end come first; then the events, the newest first
    CSV  (RFC 4180), with lines of `#` before it; no cell is a formula to a spreadsheet
    JSON one object

Events are read some hundred at a time, each time in a scope of their own: no transaction stays
open while they travel, and none that comes meanwhile is among them.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Any, Final, Literal

from django.utils import timezone

from tenants.actor import Member, require_admin
from tenants.audit import record
from tenants.scoping import scope
from tenants.trail import Wanted, count_trail, end_of_trail
from vault.events import Event
from vault.flows.sentences import Told
from vault.flows.trail import trail_of

type Format = Literal["csv", "json"]
AT_A_TIME: Final = 500
COLUMNS: Final = ("seq", "time", "what", "action", "actor", "about", "ip", "browser", "id", "hash")
# What a spreadsheet takes for the beginning of a formula: at the beginning of a cell, and of what
# it takes for one, since those of some countries cut the line at other signs than a comma.
FORMULA: Final = re.compile(r'(^|[,;|\t\r\n])(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])')


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was recorded, and has not begun."""

    actor: Member
    wanted: Wanted
    head: dict[str, Any]
    until: int  # the number of the newest event in it

    def lines(self, form: Format) -> Iterator[str]:
        return self.csv() if form == "csv" else self.json()

    def csv(self) -> Iterator[str]:
        for name, value in self.head.items():
            yield f"# {name}: {guarded(one_line(value))}\r\n"
        yield row_of(COLUMNS)
        for told in self.events():
            yield row_of([guarded(cell) for cell in cells_of(told).values()])

    def json(self) -> Iterator[str]:
        yield json.dumps(self.head, ensure_ascii=False, default=str)[:-1] + ', "events": ['
        comma = ""
        for told in self.events():
            body = {**cells_of(told), "event": json.loads(told.entry.body)}
            yield comma + "\n" + json.dumps(body, ensure_ascii=False)
            comma = ","
        yield "\n]}\n"

    def events(self) -> Iterator[Told]:
        before: int | None = self.until + 1
        while before is not None:
            with scope(self.actor.tenant_id):
                page = trail_of(self.actor, self.wanted, before=before, at_most=AT_A_TIME)
            yield from page.events
            before = page.next


def export_trail(actor: Member, wanted: Wanted, *, organisation: str) -> Export:
    """Raises `TooWeak`. It is recorded before a line of it leaves."""
    require_admin(actor)
    seq, digest = end_of_trail()
    chosen = {name: value for name, value in asdict(wanted).items() if value}
    head = {
        "organisation": organisation,
        "exported_at": timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
        "zone": "UTC",
        "filter": chosen,
        "events_up_to": seq,
        "chain_hash": digest,
    }
    record(actor, Event.TRAIL_EXPORTED, None, filter=chosen, events=count_trail(wanted))
    return Export(actor, wanted, head, seq)


def cells_of(told: Told) -> dict[str, str | int]:
    entry = told.entry
    values = (
        entry.seq,
        entry.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        told.words,
        entry.action,
        entry.actor.get("user") or entry.actor["id"],
        str(entry.about or ""),
        entry.trace.get("ip", ""),
        entry.trace.get("browser", ""),
        str(entry.id),
        entry.hash,
    )
    return dict(zip(COLUMNS, values, strict=True))


def guarded(cell: str | int) -> str | int:
    """Wherever a spreadsheet would see a formula, an apostrophe stands before it."""
    return FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell


def row_of(cells: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


def one_line(value: Any) -> str:
    return " ".join(json.dumps(value, ensure_ascii=False, default=str).split())
