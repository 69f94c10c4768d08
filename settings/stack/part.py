"""One part of the running product, as the environment tells it.

    python -m settings.stack.part web|worker|door|prepare

The containers, `make run` and the tests all start the parts here, so that what production runs is
what is tried every day. The program takes this process's place: its number is the one that was
started, and signals reach it and nobody in between.
"""

import importlib
import os
import sys
from typing import Final

from settings.stack.installation import PROJECT
from settings.stack.places import StackError

# Imported when asked for: one of them brings the database's driver, and start-up is waited for.
PARTS: Final = {
    "web": "settings.stack.web",
    "worker": "settings.stack.worker",
    "door": "settings.stack.door",
    "prepare": "settings.stack.settling",
}


def starting(name: str) -> list[str]:
    """The command that starts a part in a process of its own."""
    return [sys.executable, "-m", "settings.stack.part", name]


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PARTS:
        print(f"Name one part: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    try:
        _become(arguments[0])
    except StackError as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
    return 1


def _become(name: str) -> None:
    """Files of the vault are for this user alone, whatever the machine's umask says."""
    os.umask(0o077)
    os.chdir(PROJECT)
    command: list[str] = importlib.import_module(PARTS[name]).command()
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
