"""Work for later: the real queue, and the real worker in a process of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from settings.queue import RUN
from settings.stack import part
from settings.stack.installation import PROJECT
from tenants.scoping import scope
from tests.cast import Acme
from tests.faults.aftermath import assert_whole
from tests.services.patience import eventually
from tests.services.stack import Stack
from tests.vault.scene import trail
from vault.flows.sweep import sweep_later
from vault.models import Reservation
from vault.quota import reserve

type Worker = subprocess.Popen[bytes]


@pytest.fixture(autouse=True)
def real_queue(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "settings.queue.ProcrastinateBackend"}}


@pytest.fixture
def worker(stack: Stack) -> Iterator[Worker]:
    with working(stack) as process:
        yield process


@contextmanager
def working(stack: Stack, **told: str) -> Iterator[Worker]:
    told = {**stack.web.environment, "REAL_QUEUE": "1", "UPLOAD_LEASE_SECONDS": "0", **told}
    with (stack.folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            part.starting("worker"), cwd=PROJECT, env=told, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_what_is_committed_is_done(acme: Acme, stack: Stack, worker: Worker) -> None:
    with scope(acme.tenant_id):
        leave_an_upload_behind(acme)
        job = int(sweep_later.enqueue().id)
    assert eventually(lambda: status(job) == "succeeded")
    assert_whole(stack, acme.tenant_id)
    assert trail(acme.tenant_id, "vault:upload:swept")
    assert worker.poll() is None


def test_what_is_rolled_back_never_was(acme: Acme, worker: Worker) -> None:
    with transaction.atomic():
        given_up = int(sweep_later.enqueue().id)
        assert status(given_up) == "todo"
        transaction.set_rollback(True)
    later = int(sweep_later.enqueue().id)
    assert eventually(lambda: status(later) == "succeeded")
    assert given_up < later
    assert status(given_up) == "none"


def test_a_task_that_fails_says_so_and_stops_no_other(acme: Acme, worker: Worker) -> None:
    wrong = app.configure_task(RUN).defer(path="vault.flows.sweep.none", args=[], kwargs={})
    later = int(sweep_later.enqueue().id)
    assert eventually(lambda: status(later) == "succeeded")
    assert status(wrong) == "failed"
    assert worker.poll() is None


def test_a_job_waits_for_a_worker(acme: Acme, stack: Stack) -> None:
    job = int(sweep_later.enqueue().id)
    assert status(job) == "todo"
    with working(stack):
        assert eventually(lambda: status(job) == "succeeded")


def test_the_sweep_comes_round_by_itself(acme: Acme, worker: Worker) -> None:
    registered = app.periodic_registry.periodic_tasks
    crons = {task.task.name: task.cron for task in registered.values()}
    assert crons["strongroom:sweep"] == "*/5 * * * *"
    # A worker that comes makes up for the last round that was missed.
    assert eventually(lambda: bool(rounds()))


def leave_an_upload_behind(acme: Acme) -> None:
    reserve(acme.tenant_id, acme.bob.user_id, 1_000)
    assert Reservation.objects.exists()


def status(job: int) -> str:
    found = ProcrastinateJob.objects.filter(pk=job).values_list("status", flat=True).first()
    return found or "none"


def rounds() -> list[int]:
    done = ProcrastinateJob.objects.filter(task_name="strongroom:sweep", status="succeeded")
    return list(done.values_list("pk", flat=True))
