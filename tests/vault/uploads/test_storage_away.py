"""The disk refuses: people are told to try again, and nothing is left behind."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Acme, signed_in
from tests.factories import pdf
from tests.vault.scene import remains, storage_root
from tests.vault.uploads.doors import DOORS, Door, file, upload


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """What a full disk is to a program: a write that fails in the middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def broken(acme: Acme, files_root: Path) -> Acme:
    """The folder of incoming files is none."""
    shutil.rmtree(files_root / "incoming")
    (files_root / "incoming").write_text("in the way")
    return acme


def check_told(response: Any, door: Door) -> None:
    assert response.status_code == 503
    words = "The storage isn't answering. Please try again in a moment"
    if door == "page":
        assert words.replace("'", "&#x27;") in response.content.decode()
    else:
        assert response.json()["code"] == "storage_away"


@pytest.mark.parametrize("door", DOORS)
def test_a_storage_that_takes_nothing_in_is_told(broken: Acme, door: Door) -> None:
    before = remains(broken.tenant_id)
    check_told(upload(door, broken, broken.bob, file("a.pdf", pdf())), door)
    assert remains(broken.tenant_id) == before


@pytest.mark.parametrize("door", DOORS)
def test_a_disk_that_fills_up_is_told(acme: Acme, door: Door) -> None:
    before = remains(acme.tenant_id)
    sent = file("a.pdf", pdf(size=3_000_000))
    with files_no_larger_than(1_000_000):
        check_told(upload(door, acme, acme.bob, sent), door)
    assert remains(acme.tenant_id) == before


def test_a_place_that_cannot_be_made_is_told_for_its_file(acme: Acme) -> None:
    """In a form each file has its verdict; the key's folder is the last thing that may fail."""
    people = storage_root() / "tenants" / str(acme.tenant_id) / "users"
    (people / str(acme.bob.user_id)).symlink_to("a disk that is away")
    before = remains(acme.tenant_id)
    response = upload("script", acme, acme.bob, file("a.pdf", pdf()))
    assert [refused["code"] for refused in response.json()["refused"]] == ["storage_away"]
    assert remains(acme.tenant_id) == before


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}])
def test_bytes_that_are_not_there_are_told(
    acme: Acme, files_root: Path, headers: dict[str, str]
) -> None:
    shutil.rmtree(files_root)
    path = f"/o/{acme.slug}/d/{acme.contract.pk}/content/"
    response = signed_in(acme.carol).get(path, headers={"accept": "application/json", **headers})
    assert (response.status_code, response.json()["code"]) == (503, "storage_away")
