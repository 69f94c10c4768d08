"""What the person at the machine does by hand; each command speaks JSON, too."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tenants.models import Membership, Organisation
from tenants.scoping import scope
from tests.cast import Acme, Rival, account
from tests.factories import unique
from tests.vault.flows.test_sweep import crashed
from tests.vault.scene import remains, trail
from vault import quota
from vault.events import Event
from vault.models import Folder


def run(name: str, *args: object) -> tuple[int, Any]:
    """Exit code, and the facts."""
    out = io.StringIO()
    try:
        call_command(name, *map(str, args), "--json", stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def text(name: str, *args: object) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(name, *map(str, args), stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def email(user_id: object) -> str:
    return User.objects.get(pk=user_id).email


@pytest.mark.django_db
def test_an_organisation_is_founded_with_its_rooms() -> None:
    slug, owner = unique("newcomer"), account("nora")
    code, facts = run("create_organisation", slug, "--name", "New Ltd", "--owner", owner.email)
    assert (code, facts) == (0, {"organisation": slug, "owner": owner.email})
    tenant = Organisation.objects.get(slug=slug)
    with scope(tenant.pk):
        assert Membership.objects.get().role == "owner"
        assert Folder.objects.get(is_root=True).name == "New Ltd"
        assert Folder.objects.get(home_of=owner).restricted
        assert quota.breakdown().limit is None


@pytest.mark.django_db
def test_an_unknown_owner_gets_an_account_and_a_way_to_a_password() -> None:
    slug = unique("newcomer")
    _, facts = run(
        "create_organisation", slug, "--name", "New", "--owner", "New@X.example", "--bytes", 5
    )
    assert facts["owner"] == "new@x.example"
    assert facts["set_password"].startswith("http://localhost")
    assert not User.objects.get(email="new@x.example").has_usable_password()
    with scope(Organisation.objects.get(slug=slug).pk):
        assert quota.breakdown().limit == 5


def test_a_taken_address_founds_nothing(acme: Acme) -> None:
    before = User.objects.count()
    code, facts = run("create_organisation", acme.slug, "--name", "X", "--owner", "n@x.example")
    assert (code, facts["code"]) == (2, "slug_taken")
    assert User.objects.count() == before


@pytest.mark.parametrize("level", ["organisation", "member"])
def test_a_quota_is_set_and_recorded(acme: Acme, level: str) -> None:
    own = [] if level == "organisation" else ["--member", email(acme.bob.user_id)]
    user = None if level == "organisation" else acme.bob.user_id
    for said, limit in (("5000", 5000), ("none", None)):
        assert run("set_quota", acme.slug, "--bytes", said, *own)[0] == 0
        with scope(acme.tenant_id):
            assert quota.breakdown(user).limit == limit
    first, second = trail(acme.tenant_id, Event.QUOTA_CHANGED)
    assert (first["facts"]["before"], first["facts"]["after"]) == (None, 5000)
    assert (second["facts"]["before"], second["facts"]["after"]) == (5000, None)
    assert first["actor"] == {"kind": "system", "id": "set_quota"}


def test_a_quota_of_nobody_is_refused(acme: Acme, rival: Rival) -> None:
    assert run("set_quota", "no-such", "--bytes", 5)[0] == 2
    stranger = email(rival.mallory.user_id)
    assert run("set_quota", acme.slug, "--bytes", 5, "--member", stranger)[0] == 2
    for wrong in ("-5", "many"):
        with pytest.raises((CommandError, SystemExit)):
            call_command("set_quota", acme.slug, "--bytes", wrong)


def test_the_sweep_says_what_it_ended(acme: Acme) -> None:
    before = remains(acme.tenant_id)
    crashed(acme)
    assert run("sweep") == (0, {"blobs": 0, "reservations": 0})
    # Tests that commit leave uploads of organisations of their own, which are ended, too.
    code, ended = run("sweep", "--lease", 0)
    assert code == 0
    assert min(ended["blobs"], ended["reservations"]) >= 1
    assert run("sweep", "--lease", 0) == (0, {"blobs": 0, "reservations": 0})
    assert remains(acme.tenant_id) == before
