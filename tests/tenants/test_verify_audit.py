"""The command reads the trails and says, in words and by its exit code, what it found."""

import json
from io import StringIO
from typing import Any

from django.core.management import call_command

from tenants.actor import Member
from tenants.flows.found import found
from tenants.models import Organisation
from tests.cast import account
from tests.factories import unique
from tests.tenants.scene import TRAIL
from tests.tenants.tampering import the_owner


def checked(*arguments: str) -> tuple[int | str | None, dict[str, Any]]:
    said, code = StringIO(), 0
    try:
        call_command("verify_audit", "--json", *arguments, stdout=said)
    except SystemExit as end:
        return end.code, json.loads(said.getvalue())
    return code, json.loads(said.getvalue())


def slug_of(actor: Member) -> str:
    return Organisation.objects.get(pk=actor.tenant_id).slug


def test_the_command_says_so_and_ends_with_3(trail: Member) -> None:
    slug = slug_of(trail)
    code, told = checked("--org", slug)
    assert (code, told["ok"], told["chains"][0]["seq"]) == (0, True, TRAIL)
    with the_owner(trail.tenant_id) as owner:
        owner.execute("DELETE FROM tenants_auditevent WHERE seq = 2")
        code, told = checked("--org", slug)
    assert (code, told["ok"]) == (3, False)
    (chain,) = told["chains"]
    assert (chain["organisation"], chain["state"], chain["seq"]) == (slug, "broken", 1)


def test_the_command_reads_every_trail(trail: Member) -> None:
    bob = found(unique("bobs"), name="Bob Ltd", owner=account("bob"))
    code, told = checked()
    names = [chain["organisation"] for chain in told["chains"]]
    assert {slug_of(trail), slug_of(bob)} <= set(names)
    assert (code, told["ok"]) == (0, True)
    with the_owner(bob.tenant_id) as owner:
        owner.execute("UPDATE tenants_auditevent SET body = '{}'")
        code, told = checked()
    broken = [chain["organisation"] for chain in told["chains"] if chain["state"] == "broken"]
    assert (code, broken) == (3, [slug_of(bob)])
