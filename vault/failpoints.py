"""Named places at which a test ends the process, as a power cut would."""

import os
import signal
from typing import Final, Literal, get_args

from django.conf import settings

type Failpoint = Literal[
    "upload.reserved",
    "upload.intent",
    "upload.receiving",
    "upload.received",
    "upload.checked",
    "upload.synced",
    "upload.kept",
    "upload.filing",
    "upload.filed",
    "upload.released",
    "bulk.acting",
    "bulk.kept",
]
FAILPOINTS: Final[tuple[str, ...]] = get_args(Failpoint.__value__)


def reach(name: Failpoint) -> None:
    if name == settings.FAILPOINT:
        os.kill(os.getpid(), signal.SIGKILL)
