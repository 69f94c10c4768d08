"""How long things take, in turns: A B A B, so that whatever else the machine does hits all.

Beside the time that passed stands the work: what this process and its PostgreSQL backend were on
a CPU. On a machine that others use too, that is the steadier of the two.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import connection

WARM_UP: Final = 12  # rounds: after 5 a statement is prepared, after 5 more its plan stays


@dataclass(frozen=True, slots=True)
class Taken:
    """In milliseconds: what passed, and what was worked."""

    passed: float
    worked: float


@dataclass(frozen=True, slots=True)
class Times:
    all: tuple[Taken, ...]

    @property
    def passed(self) -> list[float]:
        return sorted(taken.passed for taken in self.all)

    @property
    def p50(self) -> float:
        return statistics.median(self.passed)

    @property
    def p95(self) -> float:
        return self.passed[int(len(self.all) * 0.95)]

    @property
    def spread(self) -> float:
        """Between the quarters, as a part of the middle."""
        low, _, high = statistics.quantiles(self.passed, n=4)
        return (high - low) / self.p50

    @property
    def work(self) -> float:
        return statistics.median(taken.worked for taken in self.all)


type Act = Callable[[], Taken]


def in_turns(acts: Mapping[str, Act], rounds: int) -> dict[str, Times]:
    taken: dict[str, list[Taken]] = {name: [] for name in acts}
    for number in range(WARM_UP + rounds):
        for name, act in acts.items():
            time_of_it = act()
            if number >= WARM_UP:
                taken[name].append(time_of_it)
    return {name: Times(tuple(times)) for name, times in taken.items()}


class Stopwatch:
    """Runs while something is asked for; may be started again."""

    def __init__(self) -> None:
        self.passed = self.worked = 0.0

    def time(self, act: Callable[..., Any], *arguments: Any) -> Any:
        start, before = time.perf_counter(), work()
        try:
            return act(*arguments)
        finally:
            self.passed += (time.perf_counter() - start) * 1000
            self.worked += (work() - before) * 1000

    @property
    def taken(self) -> Taken:
        return Taken(self.passed, self.worked)


def whole(act: Callable[[], object]) -> Act:
    """All of it."""

    def timed() -> Taken:
        watch = Stopwatch()
        watch.time(act)
        return watch.taken

    return timed


def in_sql(act: Callable[[], object]) -> Act:
    """What its statements take, sent, answered and read."""

    def timed() -> Taken:
        watch = Stopwatch()
        with connection.execute_wrapper(watch.time):
            act()
        return watch.taken

    return timed


def work() -> float:
    """Seconds on a CPU, of this process and of the backend that it speaks to, where that shows."""
    backend = connection.connection
    found = Path(f"/proc/{backend.info.backend_pid}/schedstat") if backend else None
    theirs = int(found.read_text().split()[0]) / 1e9 if found and found.exists() else 0.0
    return time.process_time() + theirs


def together(parts: Iterable[Times]) -> Times:
    return Times(tuple(taken for times in parts for taken in times.all))
