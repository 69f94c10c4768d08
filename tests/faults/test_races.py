"""Reading while a key is given and taken again and again, in other processes."""

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.db import connection

from tenants.errors import Invalid
from tenants.flows.teams import create_team, delete_team
from tenants.models import Team
from tenants.scoping import scope
from tests.cast import Acme
from tests.gateway.visitor import Visitor, content_path, visitor
from tests.services.patience import eventually
from tests.services.stack import Stack
from tests.services.web import WebServer
from tests.vault.scene import token_of
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document

READERS = 2


@dataclass
class Ledger:
    """What the giver has been told: `given`, `taken`, or neither while a request is on its way.

    `turn` moves with every change, so a reader can tell that nothing moved during a read;
    `seen` holds the answers to such reads.
    """

    known: str = "taken"
    turn: int = 0
    seen: list[tuple[str, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, known: str) -> None:
        with self.lock:
            self.known, self.turn = known, self.turn + 1

    def now(self) -> tuple[str, int]:
        with self.lock:
            return self.known, self.turn

    def wait_for_some_reads(self) -> None:
        """None, one or several, so that changes come at any moment of a read."""
        enough = len(self.seen) + random.randrange(4)
        assert eventually(lambda: len(self.seen) >= enough)


@pytest.mark.parametrize("rounds", [30, pytest.param(2_000, marks=pytest.mark.proof)])
def test_no_read_is_allowed_that_began_after_a_revoke_was_answered(
    stack: Stack, acme: Acme, elsewhere: WebServer, rounds: int
) -> None:
    ledger, done = Ledger(), threading.Event()
    path = content_path(acme.slug, acme.contract.pk)
    readers = [visitor(stack, acme.dan, at=elsewhere) for _ in range(READERS)]
    giver = Giver(stack, acme, ledger)
    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(read_on, reader, path, ledger, done) for reader in readers]
        try:
            for _ in range(rounds):
                giver.give_and_take()
        finally:
            done.set()
        for future in reading:
            future.result()

    assert {answer for known, answer in ledger.seen if known == "taken"} == {404}
    assert {answer for known, answer in ledger.seen if known == "given"} == {200}


def read_on(reader: Visitor, path: str, ledger: Ledger, done: threading.Event) -> None:
    """Note the answers to reads during which nothing moved, with what was known all the while."""
    while not done.is_set():
        before = ledger.now()
        status = reader.get(path).status
        if ledger.now() == before:
            ledger.seen.append((before[0], status))


def test_a_team_that_is_being_deleted_gets_no_key(stack: Stack, acme: Acme) -> None:
    with scope(acme.tenant_id):
        team = create_team(acme.alice, name="Auditors")
    with ThreadPoolExecutor(1) as pool:
        with scope(acme.tenant_id):
            delete_team(acme.alice, team.pk)
            giving = pool.submit(give_to, acme, team)
            assert eventually(somebody_waits_for_us)
        with pytest.raises(Invalid):
            giving.result()


def give_to(acme: Acme, team: Team) -> None:
    """In a connection of this thread."""
    try:
        with scope(acme.tenant_id):
            to = Principal("team", team.pk)
            grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)
    finally:
        connection.close()


def somebody_waits_for_us() -> bool:
    blocked = "NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM pg_locks WHERE {blocked})")
        (found,) = cursor.fetchone()
    return bool(found)


class Giver:
    """Alice's program: it gives Dan a key, and takes it back, at the front door."""

    def __init__(self, stack: Stack, acme: Acme, ledger: Ledger) -> None:
        self.ledger, self.program = ledger, visitor(stack)
        self.api, self.acme = f"/api/v1/o/{acme.slug}", acme
        self.key = {"Authorization": f"Bearer {token_of(acme.alice)}"}

    def give_and_take(self) -> None:
        self.ledger.say("unknown")
        grant = self.give()
        self.ledger.say("given")
        self.ledger.wait_for_some_reads()
        self.ledger.say("unknown")
        self.take(grant)
        self.ledger.say("taken")
        self.ledger.wait_for_some_reads()

    def give(self) -> str:
        path = f"{self.api}/documents/{self.acme.contract.pk}/grants"
        body = json.dumps({"user": str(self.acme.dan.user_id), "role": "read"}).encode()
        headers = {**self.key, "Content_Type": "application/json"}
        answer = self.program.send("POST", path, body, headers)
        assert answer.status == 201, answer.body
        grant: str = json.loads(answer.body)["id"]
        return grant

    def take(self, grant: str) -> None:
        path = f"{self.api}/grants/{grant}"
        assert self.program.get(path, method="DELETE", **self.key).status == 204
