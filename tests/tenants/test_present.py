"""A program presents a token: when it opens the API, and how far."""

import json
from typing import Any, Final, NoReturn
from uuid import UUID

import pytest
from django.db import OperationalError
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from accounts.models import User
from tenants.flows import present
from tenants.flows.present import digest
from tenants.flows.tokens import revoke_token
from tenants.keys import decode, encode
from tenants.models import ApiToken, Membership, Organisation
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.tenants.scene import Scope, bearing, program, token_of


def asked(secret: str, slug: str) -> tuple[int, str]:
    """The status, and the code where it is refused."""
    answer = bearing(secret).get(f"/api/v1/o/{slug}")
    return answer.status_code, answer.json().get("code", "")


NO: Final = (401, "unauthenticated")


def test_it_opens_its_own_organisation(acme: Acme) -> None:
    _, secret = token_of(acme.bob)
    assert asked(secret, acme.slug) == (200, "")


def test_it_opens_no_other(acme: Acme, rival: Rival) -> None:
    """Not even one of the same person: it belongs to one seat."""
    with scope(rival.tenant_id):
        Membership.objects.create(
            tenant_id=rival.tenant_id, user_id=acme.bob.user_id, role="owner"
        )
    _, secret = token_of(acme.bob)
    assert asked(secret, rival.slug) == (404, "not_found")
    assert asked(secret, "nowhere") == (404, "not_found")


def test_it_ends_by_being_revoked(acme: Acme) -> None:
    token, secret = token_of(acme.bob)
    with scope(acme.tenant_id):
        revoke_token(acme.bob, token.pk)
    assert asked(secret, acme.slug) == NO


def test_it_ends_by_itself(acme: Acme) -> None:
    token, secret = token_of(acme.bob)
    with scope(acme.tenant_id):
        ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert asked(secret, acme.slug) == NO


def test_it_ends_with_the_membership(acme: Acme) -> None:
    _, secret = token_of(acme.bob)
    with scope(acme.tenant_id):
        Membership.objects.filter(pk=acme.bob.membership_id).delete()
    assert asked(secret, acme.slug) == NO


def test_it_ends_with_the_account(acme: Acme) -> None:
    _, secret = token_of(acme.bob)
    User.objects.filter(pk=acme.bob.user_id).update(is_active=False)
    assert asked(secret, acme.slug) == NO


def test_a_suspended_organisation_is_closed_to_it(acme: Acme) -> None:
    _, secret = token_of(acme.bob)
    Organisation.objects.filter(pk=acme.tenant_id).update(state="suspended")
    assert asked(secret, acme.slug) == (403, "suspended")


def test_its_row_knows_when_it_was_last_used(acme: Acme) -> None:
    token, secret = token_of(acme.bob)
    assert token.last_used_at is None
    asked(secret, acme.slug)
    with scope(acme.tenant_id):
        token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    asked(secret, acme.slug)
    with scope(acme.tenant_id):
        token.refresh_from_db()
    assert token.last_used_at == first  # once a minute is enough


def test_a_refused_request_is_a_use_too(acme: Acme) -> None:
    token, secret = token_of(acme.bob)
    assert asked(secret, "another")[0] == 404
    with scope(acme.tenant_id):
        token.refresh_from_db()
    assert token.last_used_at is not None


def test_what_was_asked_is_answered_even_if_the_use_cannot_be_noted(
    acme: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_tenant: UUID) -> NoReturn:
        raise OperationalError

    _, secret = token_of(acme.bob)
    monkeypatch.setattr(present, "scope", gone)
    assert asked(secret, acme.slug) == (200, "")


def test_anything_else_is_no_token(acme: Acme) -> None:
    no_words = ("", "Bearer", "Bearer ", "Basic YTpi", "Token x", "bearer\tsr_x")
    for header in (*no_words, "Bearer sr_", "Bearer é", f"Bearer sr_{'A' * 86}", "Bearer sr_" * 9):
        answer = bearing("").get(f"/api/v1/o/{acme.slug}", headers={"Authorization": header})
        assert (answer.status_code, answer.json()["code"]) == NO, header
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_word_bearer_may_be_written_in_any_case(acme: Acme) -> None:
    _, secret = token_of(acme.bob)
    headers = {"Authorization": f"bEARER  {secret} "}
    assert bearing("").get(f"/api/v1/o/{acme.slug}", headers=headers).status_code == 200


@examples(
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_a_changed_token_opens_nothing(acme: Acme, data: st.DataObject) -> None:
    raw = bytearray(decode(token_of(acme.bob)[1].removeprefix("sr_")))
    bit = data.draw(st.integers(min_value=0, max_value=len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    assert asked(f"sr_{encode(bytes(raw))}", acme.slug) == NO


def test_a_digest_opens_nothing(acme: Acme) -> None:
    _, secret = token_of(acme.bob)
    for stolen in (digest(secret).hex(), encode(digest(secret))):
        assert asked(stolen, acme.slug) == NO
        assert asked(f"sr_{stolen}", acme.slug) == NO


# What Alice, who may do everything, may do through a token: (call, the weakest that may).
CALLS: Final = [
    ("GET", "/folders/{folder}", None, Scope.PREVIEW),
    ("GET", "/documents/{document}", None, Scope.PREVIEW),
    ("GET", "/documents/{document}/content", None, Scope.READ),
    ("PATCH", "/documents/{document}", {"name": "treaty.pdf"}, Scope.EDIT),
    ("POST", "/folders", {"parent": "{folder}", "name": "Letters"}, Scope.EDIT),
    ("POST", "/documents/{document}/links", {}, Scope.EDIT),
    ("PUT", "/documents/{document}/wall", None, Scope.MANAGE),
    ("POST", "/folders/{folder}/grants", {"user": "{dan}", "role": "read"}, Scope.MANAGE),
    ("DELETE", "/members/{carol}", None, Scope.MANAGE),
]


@pytest.mark.parametrize("ceiling", list(Scope))
def test_its_scope_is_a_ceiling(acme: Acme, ceiling: Scope) -> None:
    client, words = program(acme.alice, ceiling), named(acme)
    strength = list(Scope).index
    for method, path, sent, least in CALLS:
        filled = {key: value.format(**words) for key, value in (sent or {}).items()}
        answer = client.generic(
            method,
            f"/api/v1/o/{acme.slug}{path.format(**words)}",
            json.dumps(filled),
            content_type="application/json",
        )
        allowed = strength(ceiling) >= strength(least)
        assert (answer.status_code < 300) == allowed, (method, path, answer.status_code)
        assert allowed or answer.status_code == 403
        b"".join(answer)  # a stream that is read to its end closes its file


@pytest.mark.parametrize("who", ["carol", "dan"])
@pytest.mark.parametrize("ceiling", [Scope.EDIT, Scope.MANAGE])
def test_its_scope_gives_nothing(acme: Acme, who: str, ceiling: Scope) -> None:
    """A ceiling is no floor: a reader's strongest token reads."""
    client = program(getattr(acme, who), ceiling)
    address = f"/api/v1/o/{acme.slug}/documents/{acme.contract.pk}"
    renamed = client.patch(address, {"name": "x.pdf"}, content_type="application/json")
    assert renamed.status_code == {"carol": 403, "dan": 404}[who]


def named(acme: Acme) -> dict[str, Any]:
    return {
        "folder": acme.folder.pk,
        "document": acme.contract.pk,
        "dan": acme.dan.user_id,
        "carol": acme.carol.membership_id,
    }
