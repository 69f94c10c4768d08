"""How every command speaks: text for people, `--json` for programs, and an exit code for each."""

import json
import sys
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from tenants.errors import Refused

REFUSED: Final = 2
WRONG: Final = 3  # what was checked does not hold


class SpeakingCommand(BaseCommand):
    """`run()` answers facts; they are printed as JSON, or by `tell()` as text.

    Exit codes: 0 done, 2 refused (with the refusal's code), 3 checked and found wrong.
    """

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        self.arguments(parser)

    def arguments(self, parser: ArgumentParser) -> None:
        return

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts = self.run(**options)
        except Refused as refusal:
            self.refuse(refusal, as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(facts, default=str))
        else:
            self.tell(facts)
        if not facts.get("ok", True):
            sys.exit(WRONG)

    def run(self, **options: Any) -> dict[str, Any]:
        raise NotImplementedError

    def tell(self, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            self.stdout.write(f"{name}: {value}")

    def refuse(self, refusal: Refused, *, as_json: bool) -> None:
        words = refusal.detail or str(refusal.title)
        if as_json:
            self.stdout.write(json.dumps({"code": refusal.code, "detail": words}))
        else:
            self.stderr.write(words)
        sys.exit(REFUSED)
