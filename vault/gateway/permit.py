"""What lets bytes out: written by a flow, after the audit row, and by nobody else."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

type Disposition = Literal["attachment", "inline"]


@dataclass(frozen=True, slots=True)
class DownloadPermit:
    """One blob may leave, once authorised, under this name and as this type."""

    key: str
    size: int  # bytes
    sha256: bytes
    media_type: str
    name: str
    disposition: Disposition
    blob_id: UUID
    download: str = ""  # the id that the log of bytes sent is read by
