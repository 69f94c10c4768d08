"""Many things for one act, and how it came out."""

from uuid import UUID

from tests.cast import Acme
from tests.vault.rows import add_documents
from vault.flows.folders import create_folder
from vault.models import Folder, Job, JobFailure
from vault.names import DisplayName


def papers(acme: Acme, number: int, folder: Folder | None = None) -> list[UUID]:
    names = [f"Paper {n:04}.pdf" for n in range(number)]
    return [document.pk for document in add_documents(folder or acme.folder, names)]


def make(acme: Acme, name: str, parent: Folder | None = None) -> Folder:
    return create_folder(acme.alice, (parent or acme.folder).pk, name=DisplayName(name))


def refused(job: Job) -> list[tuple[UUID, str]]:
    failures = JobFailure.objects.filter(job=job).order_by("place")
    return [(failure.node, failure.code) for failure in failures]


def state(job: Job) -> tuple[str, int, int]:
    job.refresh_from_db()
    return job.state, job.done, job.failed
