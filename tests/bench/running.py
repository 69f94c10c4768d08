"""Which figures there are, and how a run of them goes."""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from settings.env import VAR
from tests.bench import figures, ground, report
from tests.bench.crowd import Crowd
from tests.bench.figures import Effort
from tests.bench.growth import growth
from tests.bench.http import list_http
from tests.bench.seeding import MILLION, TEN_THOUSAND, TINIER, TINY


def main() -> int:
    asked = parsed()
    load = os.getloadavg()
    small, large = (TINIER, TINY) if asked.tiny else (TEN_THOUSAND, MILLION)
    effort = Effort(rounds=2, acts=2) if asked.tiny else Effort(rounds=25, acts=12)
    cluster = ground.cluster_in(asked.cluster or VAR / "bench", fast=bool(asked.cluster))
    found = []
    try:
        for size in (small, large):
            ground.settle(cluster, size)
        ground.stand_on(cluster, large)
        crowd = Crowd.gather()
        parts: dict[str, Callable[[], Iterator[report.Figure]]] = {
            "list.page": lambda: figures.list_page(crowd, effort),
            "list.deep": lambda: figures.list_deep(crowd, effort),
            "list.count": lambda: figures.list_count(crowd, effort),
            "list.http": lambda: list_http(cluster, large, crowd, effort),
            "check.one": lambda: figures.check_one(crowd, effort),
            "keyring.build": lambda: figures.keyring_build(crowd, effort),
            "growth": lambda: growth(cluster, (small, large), effort),
            # What changes the crowd comes last: it leaves rows behind until they are vacuumed.
            "grant.folder": lambda: figures.grant_folder(crowd, effort),
            "move.folder": lambda: figures.move_folder_and_back(crowd, effort),
        }
        found += list(figures.machine(crowd, effort))
        for name, part in parts.items():
            if name.startswith(asked.only):
                print(f"{name} ...", flush=True)
                found += list(part())
    finally:
        if not asked.cluster:
            cluster.stop()
    report.write(asked.to, found, load)
    print(report.table(found))
    print(f"Load before: {load[0]:.1f}. Written to {asked.to}.")
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", default="", help="figures whose name begins so")
    parser.add_argument("--to", type=Path, default=VAR / "bench.json")
    parser.add_argument("--tiny", action="store_true", help="a crowd of a few, to try it out")
    parser.add_argument("--cluster", type=Path, help="the folder of a cluster that runs")
    return parser.parse_args()
