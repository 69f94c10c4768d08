"""What one process takes away, every other one refuses with its very next request.

The reader asks `elsewhere`; the taking happens at the front door, or in the test's own process.
"""

from sharing.tokens import address_of
from tenants.flows.leave import change_role
from tenants.flows.teams import add_to_team, create_team, remove_from_team
from tenants.flows.tokens import revoke_token
from tenants.models import ApiToken, MembershipRole, Organisation
from tenants.scoping import scope
from tests.cast import Acme
from tests.faults.giving import give, link_of
from tests.gateway.visitor import path_of, visitor
from tests.services.stack import Stack
from tests.services.web import WebServer
from tests.vault.scene import token_of
from vault.flows.grant import Principal
from vault.flows.restrict import restrict_folder
from vault.flows.trash import restore, trash_document


def api(acme: Acme, rest: str) -> str:
    return f"/api/v1/o/{acme.slug}/{rest}"


def take(stack: Stack, acme: Acme, what: str) -> None:
    """Alice deletes something by the API of the front door."""
    key = {"Authorization": f"Bearer {token_of(acme.alice)}"}
    assert visitor(stack).get(api(acme, what), method="DELETE", **key).status == 204


def test_a_grant_ends_at_once(stack: Stack, acme: Acme, elsewhere: WebServer, path: str) -> None:
    dan = visitor(stack, acme.dan, at=elsewhere)
    grant = give(acme, Principal("user", acme.dan.user_id))
    assert dan.get(path).status == 200
    take(stack, acme, f"grants/{grant}")
    assert dan.get(path).status == 404


def test_a_seat_in_a_team_ends_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    dan = visitor(stack, acme.dan, at=elsewhere)
    with scope(acme.tenant_id):
        team = create_team(acme.alice, name="Auditors")
        add_to_team(acme.alice, team.pk, acme.dan.membership_id)
    give(acme, Principal("team", team.pk))
    assert dan.get(path).status == 200
    with scope(acme.tenant_id):
        remove_from_team(acme.alice, team.pk, acme.dan.membership_id)
    assert dan.get(path).status == 404


def test_a_membership_ends_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    carol, key = visitor(stack, acme.carol, at=elsewhere), token_of(acme.carol)
    asked = {"Authorization": f"Bearer {key}"}
    assert carol.get(path).status == 200
    assert carol.get("/api/v1/me", **asked).status == 200
    take(stack, acme, f"members/{acme.carol.membership_id}")
    assert carol.get(path).status == 404
    assert carol.get("/api/v1/me", **asked).status == 401


def test_a_role_ends_at_once(stack: Stack, acme: Acme, elsewhere: WebServer, path: str) -> None:
    dan = visitor(stack, acme.dan, at=elsewhere)
    with scope(acme.tenant_id):
        change_role(acme.alice, acme.dan.membership_id, to=MembershipRole.ADMIN)
    assert dan.get(path).status == 200
    with scope(acme.tenant_id):
        change_role(acme.alice, acme.dan.membership_id, to=MembershipRole.GUEST)
    assert dan.get(path).status == 404


def test_a_wall_stands_at_once(stack: Stack, acme: Acme, elsewhere: WebServer, path: str) -> None:
    carol = visitor(stack, acme.carol, at=elsewhere)
    assert carol.get(path).status == 200
    with scope(acme.tenant_id):
        restrict_folder(acme.alice, acme.folder.pk)
    assert carol.get(path).status == 404


def test_what_is_thrown_away_is_gone_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    carol, stranger = visitor(stack, acme.carol, at=elsewhere), visitor(stack, at=elsewhere)
    address = path_of(address_of(link_of(acme)))
    ticket = path_of(stranger.post(f"{address}download", {}).headers["location"])
    first = path.replace("/content/", "/versions/1/content/")
    ways = [(carol, path), (carol, first), (stranger, address), (stranger, ticket)]
    assert [person.get(way).status for person, way in ways] == [200] * 4
    with scope(acme.tenant_id):
        trashing = trash_document(acme.alice, acme.contract.pk)
    assert [person.get(way).status for person, way in ways] == [404, 404, 410, 410]
    with scope(acme.tenant_id):
        restore(acme.alice, trashing.pk)
    assert [person.get(way).status for person, way in ways] == [200] * 4


def test_a_link_ends_at_once_with_its_ticket(
    stack: Stack, acme: Acme, elsewhere: WebServer
) -> None:
    link, stranger = link_of(acme), visitor(stack, at=elsewhere)
    address = path_of(address_of(link))
    ticket = path_of(stranger.post(f"{address}download", {}).headers["location"])
    assert stranger.get(ticket).status == 200
    take(stack, acme, f"links/{link.pk}")
    refused = [stranger.get(ticket), stranger.get(ticket, Range="bytes=0-9")]
    refused += [stranger.get(address), stranger.post(f"{address}download", {})]
    assert [answer.status for answer in refused] == [410] * 4


def test_a_link_ends_with_the_right_of_its_maker(
    stack: Stack, acme: Acme, elsewhere: WebServer
) -> None:
    stranger = visitor(stack, at=elsewhere)
    address = path_of(address_of(link_of(acme)))
    ticket = path_of(stranger.post(f"{address}download", {}).headers["location"])
    take(stack, acme, f"members/{acme.bob.membership_id}")
    assert [stranger.get(ticket).status, stranger.get(address).status] == [410, 410]


def test_a_token_ends_at_once(stack: Stack, acme: Acme, elsewhere: WebServer) -> None:
    program, key = visitor(stack, at=elsewhere), token_of(acme.carol)
    asked = {"Authorization": f"Bearer {key}"}
    content = api(acme, f"documents/{acme.contract.pk}/content")
    assert program.get(content, **asked).status == 200
    with scope(acme.tenant_id):
        token = ApiToken.objects.get(membership=acme.carol.membership_id)
        revoke_token(acme.alice, token.pk)
    assert program.get(content, **asked).status == 401


def test_an_organisation_is_suspended_at_once(
    stack: Stack, acme: Acme, elsewhere: WebServer, path: str
) -> None:
    carol, stranger = visitor(stack, acme.carol, at=elsewhere), visitor(stack, at=elsewhere)
    address = path_of(address_of(link_of(acme)))
    assert (carol.get(path).status, stranger.get(address).status) == (200, 200)
    Organisation.objects.filter(pk=acme.tenant_id).update(state=Organisation.State.SUSPENDED)
    assert (carol.get(path).status, stranger.get(address).status) == (403, 410)
