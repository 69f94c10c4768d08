"""Waiting for what another process does in its own time."""

import time
from collections.abc import Callable


def eventually(holds: Callable[[], bool], *, seconds: float = 60) -> bool:
    """Whether it comes true; the limit is there for what never does."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
