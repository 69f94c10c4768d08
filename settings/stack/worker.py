"""The part that does what was put off: mails, sweeping, reading the trail at night."""

import sys


def command() -> list[str]:
    return [sys.executable, "manage.py", "procrastinate", "worker"]
