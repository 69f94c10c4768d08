"""The processes of the stack: started together, watched, and ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from settings.stack.installation import PROJECT

PR_SET_PDEATHSIG: Final = 1
STOP_SECONDS: Final = 8.0
RESTARTS: Final = 5
WITHIN_SECONDS: Final = 60.0


@dataclass(slots=True)
class Child:
    """A program in a process group of its own, so that Ctrl-C reaches us alone."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))

    def start(self, environment: Mapping[str, str]) -> None:
        self.starts.append(time.monotonic())
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def dies_too_often(self) -> bool:
        recent = self.starts[-1] - self.starts[0]
        return len(self.starts) == RESTARTS and recent < WITHIN_SECONDS

    def signal(self, number: signal.Signals) -> None:
        """To the whole group, since workers may outlive the one that we started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def stop(children: list[Child]) -> None:
    """Ask all to end, the front door first; insist after a while. Impatience changes nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in reversed(children):
        _ask(child)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        if child.process is not None:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            child.signal(signal.SIGKILL)
            child.process.wait()


def restart(child: Child, environment: Mapping[str, str]) -> None:
    """What is left of the group would still hold its socket."""
    child.signal(signal.SIGKILL)
    child.start(environment)


def _ask(child: Child) -> None:
    """Only the first of a group is asked; it ends its own workers in good order."""
    if child.process is not None:
        child.process.terminate()


def _end_with_parent() -> None:
    """Runs in the new process: when ours is killed without warning, it is told to end."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
