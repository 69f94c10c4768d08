"""Type by content: libmagic says what the bytes are, and the name must agree."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import magic

from vault.errors import TypeBlocked, TypeMismatch
from vault.names import DisplayName

LOOKED_AT: Final = 256 * 1024  # bytes at the start; what libmagic itself reads at most


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: what it is served as, and what libmagic may call its content."""

    served: str
    found: tuple[str, ...]
    is_picture: bool = False

    def admits(self, content: str) -> bool:
        return any(
            content == kind or (kind.endswith("*") and content.startswith(kind[:-1]))
            for kind in self.found
        )


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
ZIP = "application/zip"
TEXT = ("text/*", "application/javascript", "application/x-wine-extension-ini")


def text(served: str, *more: str) -> FileType:
    return FileType(served, (*TEXT, *more))


def picture(served: str, *more: str) -> FileType:
    return FileType(served, (served, *more), is_picture=True)


TYPES: Final = {
    "pdf": FileType("application/pdf", ("application/pdf",)),
    "png": picture("image/png"),
    "jpg": picture("image/jpeg"),
    "gif": picture("image/gif"),
    "webp": picture("image/webp"),
    "tif": picture("image/tiff"),
    "heic": FileType("image/heic", ("image/heic", "image/heif")),
    "txt": text("text/plain"),
    "csv": text("text/csv"),
    "md": text("text/markdown"),
    "json": text("application/json", "application/json"),
    "xml": text("application/xml", "application/xml"),
    "eml": text("message/rfc822", "message/rfc822"),
    "rtf": FileType("application/rtf", ("application/rtf", "text/rtf")),
    "docx": FileType(f"{OFFICE}.wordprocessingml.document", (f"{OFFICE}.*", ZIP)),
    "xlsx": FileType(f"{OFFICE}.spreadsheetml.sheet", (f"{OFFICE}.*", ZIP)),
    "pptx": FileType(f"{OFFICE}.presentationml.presentation", (f"{OFFICE}.*", ZIP)),
    "odt": FileType(f"{OPEN}.text", (f"{OPEN}.text", ZIP)),
    "ods": FileType(f"{OPEN}.spreadsheet", (f"{OPEN}.spreadsheet", ZIP)),
    "odp": FileType(f"{OPEN}.presentation", (f"{OPEN}.presentation", ZIP)),
    "zip": FileType(ZIP, (ZIP,)),
}
SPELLINGS: Final = {"jpeg": "jpg", "tiff": "tif", "heif": "heic", "markdown": "md", "log": "txt"}


def identify(path: Path, name: DisplayName, *, allowed: frozenset[str]) -> FileType:
    """What a file is. Raises `TypeBlocked`, `TypeMismatch`."""
    extension = SPELLINGS.get(name.extension, name.extension)
    kind = TYPES.get(extension)
    if kind is None or extension not in allowed:
        raise TypeBlocked(extension=name.extension)
    content = content_type(path)
    if not kind.admits(content):
        raise TypeMismatch(extension=name.extension, found=content)
    return kind


def content_type(path: Path) -> str:
    with path.open("rb") as file:
        return str(magic.from_buffer(file.read(LOOKED_AT), mime=True))
