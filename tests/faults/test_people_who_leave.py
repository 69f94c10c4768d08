"""Sessions and accounts: what ends in one process is over in every other one.

The person asks `elsewhere`; what ends them happens at the front door or in the test's own process.
"""

from accounts.flows.end_sessions import end_sessions
from accounts.models import User
from sharing.tokens import address_of
from tests.cast import PASSWORD, Acme
from tests.faults.giving import link_of
from tests.gateway.visitor import Visitor, path_of, visitor
from tests.services.stack import Stack
from tests.services.web import WebServer
from tests.vault.scene import token_of


def test_signing_out_ends_the_session_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    carol = visitor(stack, acme.carol)
    same = Visitor(stack, visitor(stack, at=elsewhere).port, dict(carol.cookies))
    assert same.get(path).status == 200
    assert carol.submit("/account/logout/", {}).status == 302
    assert_sent_to_sign_in(same, path)


def test_all_sessions_end_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    carol = visitor(stack, acme.carol, at=elsewhere)
    assert carol.get(path).status == 200
    end_sessions(acme.carol.user_id)
    assert_sent_to_sign_in(carol, path)


def test_a_new_password_ends_the_other_sessions_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    thief, carol = visitor(stack, acme.carol, at=elsewhere), visitor(stack, acme.carol)
    assert thief.get(path).status == 200
    new = {"password1": "another horse battery", "password2": "another horse battery"}
    form = {"oldpassword": PASSWORD, **new}
    assert carol.submit("/account/password/change/", form).status == 302
    assert_sent_to_sign_in(thief, path)
    assert carol.get(path).status == 200


def test_an_account_is_closed_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    bob, stranger = visitor(stack, acme.bob, at=elsewhere), visitor(stack, at=elsewhere)
    asked = {"Authorization": f"Bearer {token_of(acme.bob)}"}
    address = path_of(address_of(link_of(acme)))
    before = [bob.get(path), stranger.get("/api/v1/me", **asked), stranger.get(address)]
    assert [answer.status for answer in before] == [200, 200, 200]
    User.objects.filter(pk=acme.bob.user_id).update(is_active=False)
    assert_sent_to_sign_in(bob, path)
    assert stranger.get("/api/v1/me", **asked).status == 401
    assert stranger.get(address).status == 410


def assert_sent_to_sign_in(person: Visitor, path: str) -> None:
    answer = person.get(path)
    assert answer.status == 302
    assert answer.headers["location"].startswith("/account/login/?next=")
