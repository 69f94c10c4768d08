from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.flows.open_account import password_path, somebody
from tenants.actor import member_of
from tenants.commands import SpeakingCommand
from tenants.flows.lookup import organisation_called
from tenants.models import Membership, MembershipRole
from tenants.scoping import scope
from vault.flows.founding import join_organisation


class Command(SpeakingCommand):
    help = "Give a person a seat in an organisation, in the name of its first owner."

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--org", required=True, metavar="SLUG")
        parser.add_argument("--role", default="member", choices=MembershipRole.values)

    @transaction.atomic
    def run(self, **options: Any) -> dict[str, Any]:
        organisation = organisation_called(options["org"])
        user, is_new = somebody(options["email"])
        with scope(organisation.pk):
            owners = Membership.objects.filter(role=MembershipRole.OWNER)
            owner = member_of(owners.earliest("joined_at"))
            join_organisation(owner, user, MembershipRole(options["role"]))
        facts = {"organisation": organisation.slug, "member": user.email, "role": options["role"]}
        if is_new:
            facts["set_password"] = settings.PUBLIC_URL + password_path(user)
        return facts
