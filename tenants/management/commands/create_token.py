from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tenants.commands import SpeakingCommand
from tenants.flows.lookup import member_called, organisation_called
from tenants.flows.tokens import create_token
from tenants.models import ApiToken
from tenants.scoping import scope


class Command(SpeakingCommand):
    help = "Make an API token for a member. It is shown once."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--org", required=True, metavar="SLUG")
        parser.add_argument("--name", default="command line")
        parser.add_argument(
            "--scope",
            default=ApiToken.Scope.EDIT,
            choices=ApiToken.Scope.values,
            help="the most that the token may do, whatever the member may (default: edit)",
        )
        parser.add_argument("--days", type=int, default=90, help="until it ends (default: 90)")

    def run(self, **options: Any) -> dict[str, Any]:
        actor = member_called(options["email"], organisation_called(options["org"]))
        with scope(actor.tenant_id):
            token, secret = create_token(
                actor,
                name=options["name"],
                scope=ApiToken.Scope(options["scope"]),
                expires_at=timezone.now() + timedelta(days=options["days"]),
            )
        return {"token": secret, "id": token.pk, "expires_at": token.expires_at.isoformat()}
