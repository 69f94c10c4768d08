from argparse import ArgumentParser
from typing import Any

from tenants.actor import System
from tenants.audit import record
from tenants.commands import SpeakingCommand
from tenants.flows.lookup import member_called, organisation_called
from tenants.scoping import scope
from vault.events import Event
from vault.quota import set_limit


class Command(SpeakingCommand):
    help = "Set how much an organisation, or one member of it, may store."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--bytes", required=True, type=limit, help="a number, or `none`")
        parser.add_argument("--member", metavar="EMAIL")

    def run(self, **options: Any) -> dict[str, Any]:
        organisation, email = organisation_called(options["slug"]), options["member"]
        user = member_called(email, organisation).user_id if email else None
        with scope(organisation.pk):
            before = set_limit(organisation.pk, user, options["bytes"])
            actor = System(organisation.pk, "set_quota")
            facts = {"user": user, "before": before, "after": options["bytes"]}
            record(actor, Event.QUOTA_CHANGED, organisation, **facts)
        return {"organisation": organisation.slug, "member": email, **facts}


def limit(text: str) -> int | None:
    if text == "none":
        return None
    if (number := int(text)) < 0:
        raise ValueError(text)  # argparse says so
    return number
