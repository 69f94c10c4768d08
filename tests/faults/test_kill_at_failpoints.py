"""The power goes in the middle of an upload: at each place that has a name, and at any moment."""

import itertools
import json
import time
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPException

import pytest

from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import pdf
from tests.faults.aftermath import assert_whole
from tests.gateway.parcel import parcel
from tests.gateway.visitor import Visitor, visitor
from tests.services.stack import Stack
from tests.services.web import WebServer
from tests.vault.scene import token_of
from vault.failpoints import FAILPOINTS
from vault.models import Document, Version

CONTENT = pdf("Half of it is gone", size=600_000)
OF_UPLOADS = [name for name in FAILPOINTS if name.startswith("upload.")]
DIES: tuple[type[Exception], ...] = (HTTPException, OSError)
BEFORE_THE_ROW = {"upload.reserved"}
AFTER_FILING = {"upload.filed", "upload.released"}


@pytest.mark.parametrize("failpoint", OF_UPLOADS)
def test_an_upload_that_dies_leaves_all_or_nothing(
    stack: Stack, acme: Acme, failpoint: str
) -> None:
    with stack.beside(failpoint, FAILPOINT=failpoint) as dying:
        with pytest.raises(DIES):
            Sender(stack, acme, at=dying).send("Invoice.pdf")
        dying.kill()
    swept = stack.manage("sweep", "--lease", "0")

    is_filed = failpoint in AFTER_FILING
    assert names(acme) == (["Invoice.pdf", "contract.pdf"] if is_filed else ["contract.pdf"])
    assert swept == {
        "blobs": int(not is_filed and failpoint not in BEFORE_THE_ROW),
        "reservations": int(failpoint != "upload.released"),
    }
    assert_whole(stack, acme.tenant_id)

    assert Sender(stack, acme).send("Invoice.pdf")
    assert len(names(acme)) == (3 if is_filed else 2)
    assert_whole(stack, acme.tenant_id)


@pytest.mark.parametrize("failpoint", ["upload.filing", "upload.filed"])
def test_a_new_version_that_dies_leaves_all_or_nothing(
    stack: Stack, acme: Acme, failpoint: str
) -> None:
    path = f"/api/v1/o/{acme.slug}/documents/{acme.contract.pk}/versions"
    with stack.beside(f"version.{failpoint}", FAILPOINT=failpoint) as dying:
        with pytest.raises(DIES):
            Sender(stack, acme, path, at=dying).send("New.pdf")
        dying.kill()
    stack.manage("sweep", "--lease", "0")

    assert_whole(stack, acme.tenant_id)
    with scope(acme.tenant_id):
        numbers = set(Version.objects.values_list("number", flat=True))
    assert numbers == ({1, 2} if failpoint in AFTER_FILING else {1})
    assert Sender(stack, acme, path).send("New.pdf") == str(acme.contract.pk)


@pytest.mark.parametrize(
    "answered", [5, *(pytest.param(n, marks=pytest.mark.proof) for n in range(6, 26))]
)
def test_what_was_answered_is_there(stack: Stack, acme: Acme, answered: int) -> None:
    """Four at once upload until so many are answered; then everything is killed."""
    with stack.beside("at-any-moment") as dying, ThreadPoolExecutor(4) as pool:
        sender = Sender(stack, acme, at=dying)
        uploads = [pool.submit(sender.keep_on) for _ in range(4)]
        while len(sender.answered) < answered:
            assert not any(map(Future.done, uploads)), dying.log.read_text()
            time.sleep(0.01)
        dying.kill()
        for upload in uploads:
            with pytest.raises(DIES):
                upload.result()
    stack.manage("sweep", "--lease", "0")

    assert_whole(stack, acme.tenant_id)
    assert set(sender.answered) <= set(names(acme))
    reader = visitor(stack, acme.carol)
    for document in sender.answered.values():
        assert reader.get(f"/o/{acme.slug}/d/{document}/content/").body == CONTENT


class Sender:
    """Bob's program, which remembers what it was told has arrived."""

    def __init__(
        self, stack: Stack, acme: Acme, path: str = "", *, at: WebServer | None = None
    ) -> None:
        into = f"/api/v1/o/{acme.slug}/folders/{acme.folder.pk}/documents?on_conflict=keep_both"
        self.path = path or into
        self.key = {"Authorization": f"Bearer {token_of(acme.bob)}"}
        self.program: Visitor = visitor(stack, at=at)
        self.answered: dict[str, str] = {}
        self.numbers = itertools.count()

    def keep_on(self) -> None:
        while True:
            name = f"{next(self.numbers)}.pdf"
            self.answered[name] = self.send(name)

    def send(self, name: str) -> str:
        """The document's id."""
        kind, body = parcel(name, CONTENT)
        headers = {**self.key, "Content_Type": kind}
        answer = self.program.send("POST", self.path, body, headers)
        assert answer.status == 201, answer.body
        document: str = json.loads(answer.body)["id"]
        return document


def names(acme: Acme) -> list[str]:
    with scope(acme.tenant_id):
        return sorted(Document.objects.values_list("name", flat=True))
