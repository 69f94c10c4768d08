"""Bytes on a disk: where they lie, who may read them, and that they come and go whole."""

import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.ids import uuid7
from tests.vault.scene import kept_files
from tests.vault.test_names import many
from vault.storage import vault_storage
from vault.storage.keys import BadKey, blob_key, checked
from vault.storage.local import LocalStorage

TENANT, USER = uuid7(), uuid7()
AT = datetime(2026, 4, 9, tzinfo=UTC)


def key_of(blob: UUID) -> str:
    return blob_key(TENANT, USER, blob, at=AT)


def keep(storage: LocalStorage, content: bytes = b"bytes") -> str:
    blob = uuid7()
    incoming = storage.receive(blob, most=10**6)
    incoming.write(content)
    incoming.finish()
    storage.keep(incoming, key_of(blob))
    return key_of(blob)


@pytest.fixture
def storage() -> LocalStorage:
    found = vault_storage()
    assert isinstance(found, LocalStorage)
    return found


def test_a_key_is_made_of_ids_and_dates_the_tenant_first() -> None:
    blob = uuid7()
    assert key_of(blob) == f"tenants/{TENANT}/users/{USER}/2026/04/{blob}"
    assert key_of(blob).isascii()


BAD = [
    "",
    "tenants",
    "/etc/passwd",
    f"/{key_of(TENANT)}",
    f"{key_of(TENANT)}/",
    f"{key_of(TENANT)}\n",
    f"{key_of(TENANT)}/../x",
    f"../{key_of(TENANT)}",
    key_of(TENANT).upper(),
    key_of(TENANT).replace("2026", "20266"),
    key_of(TENANT).replace("users", "user"),
    key_of(TENANT).replace("/04/", "/../"),
    key_of(TENANT).replace("2026", "٢٠٢٦"),
    key_of(TENANT)[:-1],
    "incoming/" + str(TENANT),
]


@pytest.mark.parametrize("key", BAD, ids=range(len(BAD)))
def test_a_key_that_was_not_made_here_is_never_used(storage: LocalStorage, key: str) -> None:
    incoming = storage.receive(uuid7(), most=10)
    incoming.finish()
    for use in (
        lambda: checked(key),
        lambda: storage.keep(incoming, key),
        lambda: storage.discard(uuid7(), key),
        lambda: storage.holds(key),
        lambda: storage.internal_address(key),
    ):
        with pytest.raises(BadKey):
            use()


@given(st.text(max_size=200))
@many
def test_no_other_text_is_a_key(text: str) -> None:
    with pytest.raises(BadKey):
        checked(text)


def test_nobody_else_on_the_machine_may_read(storage: LocalStorage, files_root: Path) -> None:
    before = os.umask(0)  # the modes must not depend on it
    try:
        keep(storage)
        storage.receive(uuid7(), most=10).finish()
    finally:
        os.umask(before)
    for path in [files_root, *files_root.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_modes_hold_when_many_write_at_once(storage: LocalStorage, files_root: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda n: keep(storage, b"%d" % n), range(80)))
    assert kept_files() == sorted(keys)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in files_root.rglob("*")}
    assert modes == {0o600, 0o700}


def test_a_kept_file_has_left_the_place_of_incoming_ones(storage: LocalStorage) -> None:
    key = keep(storage, b"the bytes")
    assert kept_files() == [key]
    assert storage.holds(key)
    with storage.open(key) as file:
        assert file.read() == b"the bytes"


def test_a_file_on_its_way_is_not_held_yet(storage: LocalStorage) -> None:
    blob = uuid7()
    incoming = storage.receive(blob, most=10)
    incoming.write(b"half")
    incoming.flush()
    assert kept_files() == [f"incoming/{blob}"]
    assert not storage.holds(key_of(blob))
    incoming.abandon()
    assert kept_files() == []


def test_a_blob_is_received_once(storage: LocalStorage) -> None:
    blob = uuid7()
    storage.receive(blob, most=10).finish()
    with pytest.raises(FileExistsError):
        storage.receive(blob, most=10)


@pytest.mark.parametrize("where", ["on its way", "kept", "nowhere"])
def test_discarding_removes_bytes_wherever_they_got_to(storage: LocalStorage, where: str) -> None:
    blob = uuid7()
    if where != "nowhere":
        incoming = storage.receive(blob, most=10)
        incoming.finish()
        if where == "kept":
            storage.keep(incoming, key_of(blob))
        assert len(kept_files()) == 1
    for _ in range(2):
        storage.discard(blob, key_of(blob))
        assert kept_files() == []


def test_nginx_finds_a_blob_below_its_internal_address(storage: LocalStorage) -> None:
    key = keep(storage)
    assert storage.internal_address(key) == "/_files/" + key.removeprefix("tenants/")


@given(st.lists(st.binary(max_size=50), max_size=10), st.integers(0, 200))
@many
def test_an_incoming_file_is_hashed_as_it_comes_and_never_passes_its_bound(
    chunks: list[bytes], most: int
) -> None:
    whole = b"".join(chunks)
    incoming = vault_storage().receive(uuid7(), most=most)
    for chunk in chunks:
        incoming.write(chunk)
        incoming.flush()
        lies = incoming.path.stat().st_size if incoming.path.exists() else 0
        assert lies <= most
    assert incoming.size == len(whole)
    assert incoming.is_too_large == (len(whole) > most)
    if not incoming.is_too_large:
        incoming.finish()
        assert incoming.path.read_bytes() == whole
        assert incoming.sha256 == hashlib.sha256(whole).digest()
    incoming.abandon()
    assert not incoming.path.exists()
