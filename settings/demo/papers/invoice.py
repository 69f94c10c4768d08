"""An invoice: who sends it, when, what it lists, and its sums."""

from dataclasses import dataclass
from datetime import date

from settings.demo.papers.paper import later
from settings.demo.papers.supplier import Supplier


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    count: int
    price: int  # pence
    unit: str = ""

    @property
    def total(self) -> int:
        return self.count * self.price


@dataclass(frozen=True, slots=True)
class Invoice:
    supplier: Supplier
    number: str
    day: date
    lines: tuple[Line, ...]

    @property
    def file_name(self) -> str:
        number = self.number.replace("/", "-")
        return f"{self.day:%Y-%m} {self.supplier.name} {number}.pdf"

    @property
    def due(self) -> date:
        return later(self.day, self.supplier.due)

    @property
    def net(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def vat(self) -> int:
        """Half a penny counts as a whole one."""
        return (self.net * self.supplier.vat + 50) // 100

    @property
    def total(self) -> int:
        return self.net + self.vat
