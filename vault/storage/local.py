"""Blobs on a local filesystem, in whose folders nginx may read.

Incoming files and blobs lie on one mount, so that keeping a file is a rename: it is there whole,
or it is not there.
"""

import os
from pathlib import Path
from uuid import UUID

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from vault.storage.incoming import Incoming
from vault.storage.keys import checked

INTERNAL = "/_files/"  # nginx's internal location, an alias of `<root>/tenants/`


@deconstructible(path="vault.storage.local.LocalStorage")
class LocalStorage(FileSystemStorage):
    def receive(self, blob_id: UUID, *, most: int) -> Incoming:
        """Open a place for the bytes of a blob that has its row already."""
        path = self.incoming(blob_id)
        make_folder(path.parent)
        return Incoming(path, most=most)

    def keep(self, incoming: Incoming, key: str) -> None:
        """Move a finished file to its key, durably."""
        target = Path(self.path(checked(key)))
        make_folder(target.parent)
        incoming.path.rename(target)
        sync_folder(target.parent)

    def discard(self, blob_id: UUID, key: str) -> None:
        """Remove a blob's bytes, wherever they got to. There may be none."""
        self.incoming(blob_id).unlink(missing_ok=True)
        Path(self.path(checked(key))).unlink(missing_ok=True)

    def holds(self, key: str) -> bool:
        return Path(self.path(checked(key))).is_file()

    def internal_address(self, key: str) -> str:
        """The address at which nginx alone finds the blob."""
        return INTERNAL + checked(key).removeprefix("tenants/")

    def incoming(self, blob_id: UUID) -> Path:
        return Path(self.location) / "incoming" / str(blob_id)


def make_folder(path: Path) -> None:
    """Each level for this account alone: `mkdir` gives its mode to the last one only."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
