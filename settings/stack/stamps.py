"""Work that is done again only when what it is made from has changed."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


def checksum(sources: Iterable[Path]) -> str:
    """Of the names and the contents of all files; of a folder, of everything below it."""
    total = hashlib.sha256()
    for path in sorted(_files(sources)):
        total.update(f"{path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def when_changed(stamp: Path, sources: Iterable[Path], work: Callable[[], None]) -> None:
    """Do the work, unless the stamp says that it was done with these very sources."""
    current = checksum(sources)
    if stamp.exists() and stamp.read_text() == current:
        return
    work()
    stamp.write_text(current)


def _files(sources: Iterable[Path]) -> Iterable[Path]:
    for source in sources:
        found = source.rglob("*") if source.is_dir() else (source,)
        yield from (path for path in found if path.is_file() and path.suffix != ".stamp")
