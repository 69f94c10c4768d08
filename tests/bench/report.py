"""What came out, beside what was wanted: a table, and `bench.json`."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from settings.stack.installation import PROJECT


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and, where there is one, a yardstick of the same run: `ratio` is value by it."""

    name: str
    value: float
    unit: str
    yardstick: str = ""
    yardstick_value: float | None = None
    ratio: float | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """Of the figures whose name begins so: at most this value, at most this ratio."""

    begins: str
    value: float | None = None
    ratio: float | None = None

    def is_met(self, figure: Figure) -> bool:
        too_much = self.value is not None and figure.value > self.value
        too_slow = self.ratio is not None and (figure.ratio or 0) > self.ratio
        return not (too_much or too_slow)

    def words(self) -> str:
        value = "" if self.value is None else f"<= {self.value:g}"
        ratio = "" if self.ratio is None else f"<= {self.ratio:g} x"
        return ", ".join(part for part in (value, ratio) if part)


# The first that fits.
GOALS: Final = (
    Goal("list.page p95", value=5),
    Goal("list.page work", value=3, ratio=8),
    Goal("list.page", value=3, ratio=8),
    Goal("list.http json", value=10),
    Goal("list.http html", value=40),
    Goal("list.deep", ratio=1.5),
    Goal("list.count", value=10),
    Goal("check.one", value=1, ratio=5),
    Goal("keyring.build 40", value=2),
    Goal("keyring.build 500", value=5),
    Goal("keyring.build 2,000", value=15),
    Goal("grant.folder", value=30),
    Goal("move.folder", value=1000),
    Goal("growth", ratio=1.5),
)


def goal_of(figure: Figure) -> Goal | None:
    return next((goal for goal in GOALS if figure.name.startswith(goal.begins)), None)


def table(figures: Iterable[Figure]) -> str:
    head = ("figure", "value", "yardstick", "ratio", "goal", "")
    rows = [head, *(cells(figure) for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def cells(figure: Figure) -> tuple[str, ...]:
    goal = goal_of(figure)
    yardstick = f"{figure.yardstick_value:.2f} {figure.yardstick}" if figure.yardstick else ""
    return (
        figure.name,
        f"{figure.value:.2f} {figure.unit}",
        yardstick,
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        goal.words() if goal else "",
        "" if goal is None else "met" if goal.is_met(figure) else "NOT MET",
    )


def write(path: Path, figures: Iterable[Figure], load: tuple[float, float, float]) -> None:
    """`load` as it was before the first figure."""
    answer = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    told = {
        "commit": answer.stdout.strip(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "load": list(load),
        "figures": [asdict(figure) for figure in figures],
    }
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
