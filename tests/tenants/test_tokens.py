"""API tokens: made by the member that they are for, shown once, kept as a digest, ended."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.actor import Member
from tenants.errors import Invalid, NotFound, TooWeak
from tenants.flows.tokens import create_token, revoke_token
from tenants.models import ApiToken, MembershipRole
from tests.cast import Acme, member
from tests.house.catalogue import ask
from tests.tenants.scene import Scope, acts, token_of, weaker

SOON = timedelta(days=1)


@pytest.fixture
def adam(in_acme: Acme) -> Member:
    """An admin."""
    return member(in_acme.alice, "adam", MembershipRole.ADMIN)


def test_everyone_makes_tokens_of_their_own(in_acme: Acme) -> None:
    for actor in (in_acme.alice, in_acme.bob, in_acme.carol, in_acme.dan):
        token, secret = token_of(actor, Scope.READ)
        assert (token.membership_id, token.scope) == (actor.membership_id, "read")
        assert secret.startswith("sr_")


def test_the_database_knows_the_digest_only(in_acme: Acme) -> None:
    token, secret = token_of(in_acme.bob)
    ((row,),) = ask("SELECT t::text FROM tenants_apitoken t WHERE id = %s", token.pk)
    assert hashlib.sha256(secret.encode()).hexdigest() in row
    assert secret not in row
    assert secret.removeprefix("sr_")[-43:] not in row


def test_no_two_are_the_same(in_acme: Acme) -> None:
    assert len({token_of(in_acme.bob)[1] for _ in range(20)}) == 20


def test_it_ends_within_a_year(in_acme: Acme) -> None:
    for lasts in (timedelta(0), -SOON, timedelta(days=367)):
        with pytest.raises(Invalid):
            token_of(in_acme.bob, until=timezone.now() + lasts)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("ceiling", [Scope.PREVIEW, Scope.READ, Scope.EDIT])
def test_a_weaker_token_makes_none(in_acme: Acme, ceiling: Scope) -> None:
    """Whoever finds one could make it last, or stronger."""
    actor = weaker(in_acme.alice, ceiling)
    for wanted in Scope:
        with pytest.raises(TooWeak):
            create_token(actor, name="x", scope=wanted, expires_at=timezone.now() + SOON)


def test_everyone_revokes_their_own(in_acme: Acme) -> None:
    token, _ = token_of(in_acme.carol)
    revoke_token(in_acme.carol, token.pk)
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_owners_and_admins_revoke_anybodys(in_acme: Acme, adam: Member) -> None:
    for actor in (in_acme.alice, adam):
        token, _ = token_of(in_acme.carol)
        revoke_token(actor, token.pk)
        token.refresh_from_db()
        assert token.revoked_at is not None


def test_a_colleagues_token_is_not_there(in_acme: Acme) -> None:
    token, _ = token_of(in_acme.carol)
    for actor in (in_acme.bob, in_acme.dan, weaker(in_acme.alice, Scope.EDIT)):
        with pytest.raises(NotFound):
            revoke_token(actor, token.pk)
    token.refresh_from_db()
    assert token.revoked_at is None


def test_what_is_revoked_is_not_revoked_again(in_acme: Acme) -> None:
    token, _ = token_of(in_acme.carol)
    revoke_token(in_acme.carol, token.pk)
    with pytest.raises(NotFound):
        revoke_token(in_acme.carol, token.pk)


def test_it_is_recorded_without_its_secret(in_acme: Acme) -> None:
    token, secret = token_of(in_acme.bob, Scope.EDIT)
    revoke_token(in_acme.alice, token.pk)
    made, gone = acts(in_acme.alice)[-2:]
    assert (made["action"], gone["action"]) == ("tenants:token:created", "tenants:token:revoked")
    assert made["subject"] == gone["subject"] == {"kind": "apitoken", "id": str(token.pk)}
    assert made["facts"]["scope"] == "edit"
    assert secret.removeprefix("sr_") not in str(acts(in_acme.alice))
