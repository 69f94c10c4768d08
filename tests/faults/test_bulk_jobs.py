"""Jobs on many things with a real worker: over a thousand of them, and killed in the middle."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings

from tenants.scoping import scope
from tenants.verification import verify
from tests.cast import Acme
from tests.faults.test_queue import working
from tests.services.patience import eventually
from tests.services.stack import Stack
from tests.vault.many import make, papers
from vault.flows.bulk import move_all, trash_all
from vault.flows.carry_on import BATCH, LEASE, take_up_jobs
from vault.flows.choose import everything_in, ticked
from vault.flows.trash import restore
from vault.models import Document, Job

MANY = [120, pytest.param(1_284, marks=[pytest.mark.proof, pytest.mark.timeout(900)])]


pytestmark = pytest.mark.timeout(400)


@pytest.fixture(autouse=True)
def real_queue(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "settings.queue.ProcrastinateBackend"}}


def seen(acme: Acme, job: UUID) -> tuple[str, int, int]:
    with scope(acme.tenant_id):
        found = Job.objects.get(pk=job)
        return found.state, found.done, found.failed


def lying(acme: Acme, folder: UUID) -> int:
    with scope(acme.tenant_id):
        return Document.objects.filter(folder=folder).count()


@pytest.mark.parametrize("many", MANY)
def test_many_move_are_thrown_away_and_come_back(acme: Acme, stack: Stack, many: int) -> None:
    with scope(acme.tenant_id):
        papers(acme, many - 1)
        target = make(acme, "Archive", acme.root)
        moving = move_all(acme.alice, everything_in(acme.alice, acme.folder.pk), to=target.pk)
    with working(stack):
        assert eventually(lambda: seen(acme, moving.pk)[0] == "done", seconds=300)
        assert seen(acme, moving.pk) == ("done", many, 0)
        assert lying(acme, target.pk) == many
        with scope(acme.tenant_id):
            throwing = trash_all(acme.alice, everything_in(acme.alice, target.pk))
        assert eventually(lambda: seen(acme, throwing.pk)[0] == "done", seconds=300)
    assert lying(acme, target.pk) == 0
    with scope(acme.tenant_id):
        throwing.refresh_from_db()
        assert throwing.trashing
        restore(acme.alice, throwing.trashing)
    assert lying(acme, target.pk) == many
    with scope(acme.tenant_id):
        assert verify(acme.tenant_id).state == "whole"


@pytest.mark.parametrize(
    "failpoint", ["bulk.acting", pytest.param("bulk.kept", marks=pytest.mark.proof)]
)
def test_a_job_that_is_killed_goes_on_where_it_stood(
    acme: Acme, stack: Stack, failpoint: str
) -> None:
    with scope(acme.tenant_id):
        some = papers(acme, BATCH + 20)
        target = make(acme, "Archive")
        job = move_all(acme.bob, ticked([], some), to=target.pk)
    with working(stack, FAILPOINT=failpoint) as dying:
        assert eventually(lambda: dying.poll() is not None)
    kept = 0 if failpoint == "bulk.acting" else BATCH
    assert (seen(acme, job.pk)[1], lying(acme, target.pk)) == (kept, kept)

    with scope(acme.tenant_id):
        Job.objects.filter(pk=job.pk).update(touched_at=timezone.now() - LEASE - timedelta(1))
        take_up_jobs()
    with working(stack):
        assert eventually(lambda: seen(acme, job.pk)[0] == "done", seconds=60)
    assert seen(acme, job.pk) == ("done", len(some), 0)
    assert lying(acme, target.pk) == len(some)
