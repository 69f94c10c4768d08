"""Four processes give, take, move, wall, seat and read at random, all at once.

The history tells afterwards what held when. No read was served by a right that had ended before
the read began; and none was refused that somebody held for all of its time.
"""

import json
import os
import random
import subprocess
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import pytest

from tenants.flows.teams import add_to_team, create_team
from tenants.models import TeamMemberPeriod, TeamPeriod
from tenants.scoping import scope
from tests.cast import account, member
from tests.factories import put
from tests.services import postgres
from vault.access import Role
from vault.flows.folders import create_folder, root_of
from vault.flows.founding import found_organisation
from vault.flows.grant import Principal, grant_on_folder, revoke_grant
from vault.models import FolderTeamGrant, GrantPeriod, PlacePeriod
from vault.models.grants import roles_by_permission
from vault.names import DisplayName

PROCESSES = 4
FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Span:
    """A state of a row: from when it was written to when the next one was; and, since a
    statement is seen by others at its commit, until when at most it can have been seen."""

    begun: float
    seen_by: float
    ended: float
    gone_by: float
    row: Any

    def overlaps(self, began: float, ended: float) -> bool:
        """Whether a read in this time can have seen it."""
        return self.begun <= ended and self.gone_by >= began

    def spans(self, began: float, ended: float) -> bool:
        """Whether every read in this time has seen it."""
        return self.seen_by <= began and self.ended > ended


@dataclass
class History:
    acts: list[dict[str, Any]]
    keys: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    places: dict[UUID, list[Span]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[tuple[UUID, UUID], list[Span]] = field(default_factory=lambda: defaultdict(list))
    teams: dict[int, UUID] = field(default_factory=dict)

    @cached_property
    def writes(self) -> list[tuple[float, float]]:
        kinds = [act for act in self.acts if act["kind"] != "read"]
        return sorted((act["began"], act["ended"]) for act in kinds)

    def committed_by(self, moment: float) -> float:
        """When at the latest a change that was written at this moment was committed."""
        longest = 60.0
        first = bisect_left(self.writes, (moment - longest, 0.0))
        last = bisect_left(self.writes, (moment, FOREVER))
        ends = [end for _begin, end in self.writes[first:last] if end >= moment]
        return max(ends, default=moment)

    def span(self, period: Any, row: Any) -> Span:
        begun = period.valid_from.timestamp()
        ended = period.valid_to.timestamp() if period.valid_to else FOREVER
        gone = ended if ended == FOREVER else self.committed_by(ended)
        return Span(begun, self.committed_by(begun), ended, gone, row)

    def load(self, members: dict[UUID, UUID]) -> None:
        self.teams = dict(TeamPeriod.objects.values_list("group_id", "source"))
        for key in GrantPeriod.objects.all():
            self.keys[key.node_id].append(self.span(key, key))
        for place in PlacePeriod.objects.all():
            self.places[place.source].append(self.span(place, place))
        for seat in TeamMemberPeriod.objects.all():
            if seat.membership_id in members:
                at = seat.team_id, members[seat.membership_id]
                self.seats[at].append(self.span(seat, seat))

    def key_holds(self, node: UUID, person: UUID, began: float, ended: float, how: str) -> bool:
        for key in self.keys.get(node, []):
            role = roles_by_permission()[key.row.permission_id]
            if role < Role.READ or not getattr(key, how)(began, ended):
                continue
            if key.row.user_id == person:
                return True
            team = self.teams.get(key.row.group_id)
            seats = self.seats.get((team, person), []) if team else []
            if any(getattr(seat, how)(began, ended) for seat in seats):
                return True
        return False

    def moments(self, began: float, ended: float) -> Iterator[float]:
        """When the tree may have been looked at: whenever it changed, and at the start."""
        yield began
        for places in self.places.values():
            for place in places:
                if began < place.begun <= ended:
                    yield place.begun

    def may_be_served(self, read: dict[str, Any]) -> bool:
        return any(self.opens(read, at) for at in self.moments(read["began"], read["ended"]))

    def opens(self, read: dict[str, Any], at: float) -> bool:
        """Whether keys of the time of the read opened the tree as it may have been at a moment."""
        began, ended, person = read["began"], read["ended"], UUID(read["person"])
        document, seen = UUID(read["document"]), set()
        line = [document]
        while line:
            node = line.pop()
            if node in seen:
                continue
            seen.add(node)
            if self.key_holds(node, person, began, ended, "overlaps"):
                return True
            when = (began, ended) if node == document else (at, at)
            for place in self.places[node]:
                open_up = not place.row.restricted and place.row.container_id
                if open_up and place.overlaps(*when):
                    line.append(place.row.container_id)
        return False

    def must_be_served(self, read: dict[str, Any]) -> bool:
        began, ended, person = read["began"], read["ended"], UUID(read["person"])
        node: UUID | None = UUID(read["document"])
        while node is not None:
            if self.key_holds(node, person, began, ended, "spans"):
                return True
            whole = [place for place in self.places[node] if place.spans(began, ended)]
            if not whole or whole[0].row.restricted:
                return False
            node = whole[0].row.container_id
        return False


def play(acts: int, seed: int) -> History:
    alice = found_organisation(f"maze-{seed}-{os.getpid()}", name="Maze", owner=account("alice"))
    with scope(alice.tenant_id):
        people = [member(alice, name) for name in ("bob", "carol", "gus")]
        root = root_of(alice)
        revoke_grant(alice, FolderTeamGrant.objects.get(content_object=root).pk)
        teams = [create_team(alice, name=f"Team {number}") for number in range(2)]
        add_to_team(alice, teams[0].pk, people[0].membership_id)
        dice, folders = random.Random(seed), [root]
        for number in range(7):
            parent = dice.choice(folders).pk
            folders.append(create_folder(alice, parent, name=DisplayName(f"Folder {number}")))
        for person in people:
            to = Principal("user", person.user_id)
            grant_on_folder(alice, dice.choice(folders).pk, to=to, role=Role.READ)
    for number in range(6):
        put(alice, dice.choice(folders).pk, f"{number}.pdf")
    told = {"tenant": str(alice.tenant_id), "owner": str(alice.user_id), "acts": acts}
    environment = os.environ | {
        "DATABASE_URL": postgres.database_url(),
        "DJANGO_SETTINGS_MODULE": "settings.testing",
    }
    processes = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import django; django.setup(); from tests.faults.interleaver import main; main()",
                json.dumps(told | {"seed": seed * PROCESSES + n}),
            ],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES
    history = History([json.loads(line) for text in said for line in text.splitlines()])
    assert len(history.acts) == PROCESSES * acts
    with scope(alice.tenant_id):
        history.load({person.membership_id: person.user_id for person in people})
    return history


def check(history: History) -> None:
    reads = [act for act in history.acts if act["kind"] == "read"]
    assert [r for r in reads if r["served"] and not history.may_be_served(r)] == []
    assert [r for r in reads if not r["served"] and history.must_be_served(r)] == []
    # It would prove nothing if all were served, or none.
    assert {True, False} == {read["served"] for read in reads}
    assert any(history.must_be_served(read) for read in reads)
    assert any(not history.may_be_served(read) for read in reads)


def test_no_read_is_answered_by_a_right_that_had_ended(committed: None) -> None:
    check(play(60, seed=1))


@pytest.mark.proof
@pytest.mark.timeout(3000)
def test_no_read_is_answered_by_a_right_that_had_ended_in_ten_thousand_acts(
    committed: None,
) -> None:
    for seed in range(2, 7):
        check(play(500, seed=seed))


def test_a_read_by_an_ended_right_would_be_noticed(committed: None) -> None:
    """The judge itself: a read that came too late is found, one in time is not."""
    history = play(20, seed=9)
    told = next(span for spans in history.keys.values() for span in spans if span.ended == FOREVER)
    late = Span(told.begun, told.begun, told.begun + 1, told.begun + 1.5, told.row)
    assert late.overlaps(told.begun + 1.4, told.begun + 2)
    assert not late.overlaps(told.begun + 1.6, told.begun + 2)
    assert late.spans(told.begun + 0.1, told.begun + 0.9)
    assert not late.spans(told.begun + 0.1, told.begun + 1.1)
