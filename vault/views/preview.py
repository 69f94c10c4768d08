"""What a document's page shows of it, by its type, and to whom."""

from typing import Final, Literal

from vault.access import Role
from vault.models import SERVED, Version

type Preview = Literal["image", "text", "pdf", "none"]

PREVIEWS: Final[dict[str, Preview]] = {
    "image/png": "image",
    "image/jpeg": "image",
    "image/gif": "image",
    "image/webp": "image",
    "text/plain": "text",
    "text/csv": "text",
    "text/markdown": "text",
    "application/pdf": "pdf",
}


def preview_of(version: Version | None, role: Role) -> Preview | None:
    """Nothing at all for who may not read the bytes, or where none are served."""
    if version is None or version.blob.state not in SERVED or role < Role.READ:
        return None
    return PREVIEWS.get(version.blob.media_type, "none")
