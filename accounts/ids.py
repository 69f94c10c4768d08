"""Ids that grow with time: UUID version 7 (RFC 9562, section 5.7).

An id tells everyone who sees it when its row was made. It is never a secret.
"""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Milliseconds, then a fraction of 1/4096 ms, then chance; each one above the last."""
    global _last
    ns = time.time_ns()
    with _lock:
        tick = (ns // 1_000_000 << 12) | (ns % 1_000_000 * 4096 // 1_000_000)
        _last = tick = max(tick, _last + 1)
    chance = int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=tick >> 12 << 80 | 7 << 76 | (tick & 0xFFF) << 64 | 2 << 62 | chance)
