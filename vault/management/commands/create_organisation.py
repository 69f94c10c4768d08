from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.flows.open_account import password_path, somebody
from tenants.commands import SpeakingCommand
from vault.flows.founding import found_organisation


class Command(SpeakingCommand):
    help = "Found an organisation. For an unknown address the owner's account is made, too."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="its name in addresses: letters, digits, hyphens")
        parser.add_argument("--name", required=True)
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--bytes", type=int, help="its storage limit (default: none)")

    @transaction.atomic
    def run(self, **options: Any) -> dict[str, Any]:
        owner, is_new = somebody(options["owner"])
        found_organisation(
            options["slug"], name=options["name"], owner=owner, limit=options["bytes"]
        )
        facts = {"organisation": options["slug"], "owner": owner.email}
        if is_new:
            facts["set_password"] = settings.PUBLIC_URL + password_path(owner)
        return facts
