from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from accounts import counters
from accounts.sessions import SessionStore
from tenants.commands import SpeakingCommand
from vault.flows.sweep import sweep


class Command(SpeakingCommand):
    help = "End uploads that a crash left behind, and drop sessions and counters that are over."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lease", type=int, metavar="SECONDS", help="how old an upload must be to be ended"
        )

    def run(self, **options: Any) -> dict[str, Any]:
        seconds = options["lease"]
        swept = sweep(lease=None if seconds is None else timedelta(seconds=seconds))
        SessionStore.clear_expired()
        counters.sweep()
        return {"blobs": swept.blobs, "reservations": swept.reservations}
