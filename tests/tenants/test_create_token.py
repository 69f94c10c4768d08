"""The command makes a token for a member, and prints it once."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from tests.cast import Acme, Rival
from tests.tenants.scene import acts, bearing


def run(*arguments: str) -> tuple[int | str | None, dict[str, Any]]:
    said = StringIO()
    try:
        call_command("create_token", "--json", *arguments, stdout=said, stderr=said)
    except SystemExit as end:
        return end.code, json.loads(said.getvalue())
    return 0, json.loads(said.getvalue())


def email(acme: Acme, who: str) -> str:
    address: str = User.objects.get(pk=getattr(acme, who).user_id).email
    return address


def test_it_prints_a_token_that_works(acme: Acme) -> None:
    code, told = run(email(acme, "bob").upper(), "--org", acme.slug)
    assert code == 0
    me = bearing(told["token"]).get("/api/v1/me").json()
    assert me["email"] == email(acme, "bob")


def test_it_may_edit_for_ninety_days_unless_told_otherwise(acme: Acme) -> None:
    _, told = run(email(acme, "bob"), "--org", acme.slug)
    assert acts(acme.bob)[-1]["facts"]["scope"] == "edit"
    run(email(acme, "bob"), "--org", acme.slug, "--scope", "preview", "--days", "3")
    assert acts(acme.bob)[-1]["facts"]["scope"] == "preview"
    assert set(told) == {"token", "id", "expires_at"}


@pytest.mark.parametrize("days", ["0", "-1", "400"])
def test_it_refuses_an_end_that_no_token_has(acme: Acme, days: str) -> None:
    code, told = run(email(acme, "bob"), "--org", acme.slug, "--days", days)
    assert (code, told["code"]) == (2, "invalid")


def test_it_refuses_who_is_no_member(acme: Acme, rival: Rival) -> None:
    for address, slug in (
        (email(acme, "bob"), rival.slug),
        (email(acme, "bob"), "nowhere"),
        ("nobody@nowhere.example", acme.slug),
    ):
        code, told = run(address, "--org", slug)
        assert (code, told["code"]) == (2, "not_found")


def test_it_knows_four_scopes(acme: Acme) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        run(email(acme, "bob"), "--org", acme.slug, "--scope", "own")


def test_it_prints_plain_words_for_people(acme: Acme) -> None:
    said = StringIO()
    call_command("create_token", email(acme, "bob"), "--org", acme.slug, stdout=said)
    assert said.getvalue().startswith("token: sr_")
