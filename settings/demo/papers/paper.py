"""One paper of the demo: a file's name and bytes, and the day that stands on it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# The accounting year of all papers. It is fixed, so that they are the same every time.
YEAR_BEGINS: Final = date(2025, 10, 1)
MONTHS: Final = 12

CUSTOMER: Final = ("Acme Ltd", "12 Harbour Street", "Ellerport EL1 4QA")


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    content: bytes
    day: date


def day_in(month: int, day: int) -> date:
    """A day of the accounting year's months, which count from 0."""
    months = YEAR_BEGINS.month - 1 + month
    return date(YEAR_BEGINS.year + months // 12, months % 12 + 1, day)


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def quarter_of(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def pounds(pence: int) -> str:
    """1234567 -> `12,345.67`. Money is counted in pence, so that totals add up."""
    return f"{pence // 100:,}.{pence % 100:02d}"
