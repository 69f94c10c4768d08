"""A file on its way in: written and hashed as it comes, never whole in memory."""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO


class Incoming:
    """A file that is being received, bounded by `most` bytes.

    What comes past the bound is counted and thrown away, so that a request can be read to its
    end and refused with the size that it had.
    """

    def __init__(self, path: Path, *, most: int) -> None:
        self.path, self.most, self.size = path, most, 0
        self._digest = hashlib.sha256()
        self._file: BinaryIO | None = open_private(path)

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self._file is None:
            return
        if self.size > self.most:
            self.abandon()
            return
        self._digest.update(chunk)
        self._file.write(chunk)

    @property
    def is_too_large(self) -> bool:
        return self.size > self.most

    @property
    def sha256(self) -> bytes:
        return self._digest.digest()

    def flush(self) -> None:
        """Everything can be read by others when this returns."""
        if self._file is not None:
            self._file.flush()

    def finish(self) -> None:
        """Everything is on the disk when this returns."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def abandon(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self.path.unlink(missing_ok=True)


def open_private(path: Path) -> BinaryIO:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(descriptor, "wb")
