"""The bench runs from end to end, on a crowd of a few; how fast it is, is not asked here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from settings.stack.installation import PROJECT
from tests.bench.crowd import IN_THE_BIG_ONE
from tests.bench.report import GOALS, Figure, Goal, cells
from tests.services import postgres
from tests.services.run import run_folder


@pytest.mark.proof
@pytest.mark.timeout(400)
def test_every_figure_is_taken(django_db_setup: None, tmp_path: Path) -> None:
    postgres.cluster()
    to = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench", "--tiny", "--to", to]
    answer = subprocess.run(
        [*command, "--cluster", run_folder() / "var"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = json.loads(to.read_text())
    assert set(told) == {"commit", "machine", "load", "figures"}
    figures = [Figure(**figure) for figure in told["figures"]]
    names = [figure.name for figure in figures]
    assert len(set(names)) == len(names)
    assert {f"list.page: {name}" for name in IN_THE_BIG_ONE} < set(names)
    assert all(figure.value > 0 for figure in figures)
    assert all((figure.ratio is None) == (not figure.yardstick) for figure in figures)
    for goal in GOALS:
        assert [name for name in names if name.startswith(goal.begins)], goal.begins
    assert all(name in answer.stdout for name in names)


def test_a_goal_says_whether_it_is_met() -> None:
    goal = Goal("x", value=3, ratio=8)
    assert goal.is_met(Figure("x", 3, "ms", "y", 1, 8))
    assert not goal.is_met(Figure("x", 3.1, "ms", "y", 1, 8))
    assert not goal.is_met(Figure("x", 1, "ms", "y", 0.1, 8.1))
    assert goal.words() == "<= 3, <= 8 x"
    assert cells(Figure("list.deep: root", 2, "ms", "page 1", 1, 2))[-1] == "NOT MET"
