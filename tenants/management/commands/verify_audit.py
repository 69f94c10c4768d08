from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from tenants.commands import SpeakingCommand
from tenants.flows.lookup import organisation_called
from tenants.models import Organisation
from tenants.scoping import scope
from tenants.verification import verify


class Command(SpeakingCommand):
    help = "Read every audit chain from its first row to its head. Exit code 3: one is broken."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--org", metavar="SLUG", help="one organisation alone")

    def run(self, **options: Any) -> dict[str, Any]:
        slug = options["org"]
        tenants = [organisation_called(slug)] if slug else Organisation.objects.order_by("slug")
        chains = []
        for tenant in tenants:
            with scope(tenant.pk):
                chains.append({"organisation": tenant.slug, **asdict(verify(tenant.pk))})
        return {"ok": all(chain["state"] == "whole" for chain in chains), "chains": chains}

    def tell(self, facts: dict[str, Any]) -> None:
        for chain in facts["chains"]:
            words = f"{chain['organisation']}: {chain['state']}, {chain['seq']} events"
            self.stdout.write(words + (f" ({chain['reason']})" if chain["reason"] else ""))
