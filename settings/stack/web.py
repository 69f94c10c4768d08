"""The part that serves the application: granian, in WSGI mode, behind nginx or in its place."""

import sys
from pathlib import Path
from typing import Final

from settings.stack.installation import number, this_installation

WORKERS: Final = 2
THREADS: Final = 8
# A worker that does not end by itself is ended; a long download through nginx does not need it.
STOP_SECONDS: Final = 5


def command() -> list[str]:
    """Serve on a Unix socket, or on a host's port. A worker that dies is replaced."""
    return [
        *(sys.executable, "-m", "granian", "settings.wsgi:application"),
        *("--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--workers", str(number("WEB_WORKERS", WORKERS))),
        *("--blocking-threads", str(number("WEB_THREADS", THREADS))),
        *("--respawn-failed-workers", "--respawn-interval", "0.5"),
        *("--workers-kill-timeout", str(STOP_SECONDS)),
        *_where(this_installation().web),
    ]


def _where(web: Path | str) -> tuple[str, ...]:
    if isinstance(web, Path):
        # One that was killed leaves its socket behind, and the next would stumble over it.
        web.unlink(missing_ok=True)
        return ("--uds", str(web), "--uds-permissions", "0600")
    host, _, port = web.rpartition(":")
    return ("--host", host, "--port", port)
