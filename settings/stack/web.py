"""How the application is served: granian, in WSGI mode, behind nginx or in its place."""

import sys
from pathlib import Path
from typing import Final

WORKERS: Final = 2
THREADS: Final = 8
# A worker that does not end by itself is ended; a long download through nginx does not need it.
STOP_SECONDS: Final = 5


def command(bind: Path | int, *, workers: int = WORKERS, threads: int = THREADS) -> list[str]:
    """Serve on a Unix socket, or on a port of 127.0.0.1. A worker that dies is replaced."""
    if isinstance(bind, Path):
        where = ["--uds", str(bind), "--uds-permissions", "0600"]
    else:
        where = ["--host", "127.0.0.1", "--port", str(bind)]
    return [
        *(sys.executable, "-m", "granian", "settings.wsgi:application"),
        *("--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *("--workers-kill-timeout", str(STOP_SECONDS)),
        *where,
    ]
