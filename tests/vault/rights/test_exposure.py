"""How far a document has travelled: the badge on its row."""

from datetime import timedelta

from django.utils import timezone

from sharing.flows.create import Terms, create_link, revoke_link
from tenants.flows.teams import add_to_team, create_team
from tenants.models import Team
from tests.cast import Acme
from tests.factories import put
from vault.access import Role
from vault.flows.browse import contents
from vault.flows.describe import describe
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder, revoke_grant
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.trash import trash_document
from vault.models import DocumentUserGrant, FolderTeamGrant
from vault.models.nodes import place_of
from vault.names import DisplayName
from vault.rights.exposure import Crowd, Exposure, Holders, exposures
from vault.rights.fetching import fetch_document
from vault.rights.listed import Listed, listed
from vault.views.rows import exposure_words


def exposure(acme: Acme) -> Exposure:
    held = fetch_document(acme.alice, acme.contract.pk)
    return exposures([held])[held.pk]


def person(acme: Acme, name: str) -> Principal:
    return Principal("user", getattr(acme, name).user_id)


def test_what_everyone_may_read_is_the_organisations(in_acme: Acme) -> None:
    assert exposure(in_acme).level == "organisation"
    assert exposure_words(exposure(in_acme)) == "Organisation"


def test_a_wall_takes_it_back_to_those_inside(in_acme: Acme) -> None:
    """Owners and admins are not counted: they see everything anyhow."""
    restrict_document(in_acme.alice, in_acme.contract.pk)
    assert exposure(in_acme) == Exposure("private")
    for name, expected in (
        ("bob", Exposure("private", people=1)),
        ("carol", Exposure("team", people=2)),
    ):
        to = person(in_acme, name)
        grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.READ)
        assert exposure(in_acme) == expected
    assert exposure_words(exposure(in_acme)) == "2 people"


def test_teams_are_named(in_acme: Acme) -> None:
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    for name in ("Sales", "Legal", "Audit"):
        to = Principal("team", create_team(in_acme.alice, name=name).pk)
        grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.READ)
    found = exposure(in_acme)
    assert (found.level, found.teams) == ("team", ("Audit", "Legal", "Sales"))
    assert exposure_words(found) == "Audit, Legal + 1 person"


def test_a_guest_makes_it_external(in_acme: Acme) -> None:
    to = person(in_acme, "dan")
    grant = grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.PREVIEW)
    assert exposure(in_acme) == Exposure("external", people=1)
    revoke_grant(in_acme.alice, grant.pk)
    assert exposure(in_acme).level == "organisation"


def test_a_guest_in_a_team_makes_what_the_team_sees_external(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Auditors")
    add_to_team(in_acme.alice, team.pk, in_acme.dan.membership_id)
    to = Principal("team", team.pk)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.READ)
    assert exposure(in_acme) == Exposure("external", people=1)
    assert exposure_words(exposure(in_acme)) == "1 external"


def test_a_key_that_is_over_exposes_nothing(in_acme: Acme) -> None:
    to, soon = person(in_acme, "dan"), timezone.now() + timedelta(hours=1)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.READ, until=soon)
    DocumentUserGrant.objects.update(expires_at=timezone.now())
    assert exposure(in_acme).level == "organisation"


def test_an_open_link_outweighs_everything_until_it_is_turned_off(in_acme: Acme) -> None:
    restrict_document(in_acme.alice, in_acme.contract.pk)
    link = create_link(in_acme.alice, in_acme.contract.pk, terms=Terms())
    assert exposure(in_acme) == Exposure("link")
    revoke_link(in_acme.alice, link.pk)
    assert exposure(in_acme).level == "private"


def test_without_the_key_of_everyone_a_folder_is_private(in_acme: Acme) -> None:
    everyone = Team.objects.get(is_everyone=True)
    grant = FolderTeamGrant.objects.get(group=everyone.group)
    revoke_grant(in_acme.alice, grant.pk)
    root = in_acme.root
    assert exposures([], {root.pk: place_of(root.pk)})[root.pk] == Exposure("private", people=0)


def test_a_home_is_private(in_acme: Acme) -> None:
    home = home_of(in_acme.bob)
    assert home is not None
    assert exposures([], {home.pk: place_of(home.pk)})[home.pk] == Exposure("private", people=1)


def test_a_folders_badge_counts_what_was_given_on_it(in_acme: Acme) -> None:
    """Its parent is the organisation's; a guest holds a key to it alone."""
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=person(in_acme, "dan"), role=Role.READ)
    shown = contents(in_acme.alice, in_acme.root.pk).exposures
    assert shown[in_acme.folder.pk] == Exposure("external", people=1)


def test_a_restricted_folder_shows_who_is_inside(in_acme: Acme) -> None:
    restrict_folder(in_acme.alice, in_acme.folder.pk)
    shown = contents(in_acme.alice, in_acme.root.pk).exposures
    assert shown[in_acme.folder.pk] == Exposure("private", people=1)


def test_a_team_that_ended_meanwhile_is_no_more_told() -> None:
    """Its key was read, and then it was deleted."""
    crowd = Crowd({1: "Legal"}, None, frozenset(), frozenset(), {})
    assert crowd.exposure(Holders(frozenset(), frozenset({1, 2}))) == Exposure("team", ("Legal",))
    assert crowd.exposure(Holders(frozenset(), frozenset({2}))) == Exposure("private")


def test_a_row_of_a_list_says_what_the_document_itself_says(in_acme: Acme) -> None:
    walled = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Walled"))
    restrict_folder(in_acme.alice, walled.pk)
    papers = [
        in_acme.contract,
        put(in_acme.alice, in_acme.root.pk, "At the root.pdf"),
        put(in_acme.alice, walled.pk, "Behind a wall.txt", b"x\n"),
    ]
    describe(in_acme.alice, papers[2].pk, words="What it is")
    held = [fetch_document(in_acme.alice, paper.pk) for paper in papers]
    assert listed(paper.pk for paper in papers) == [Listed.of(one) for one in held]


def test_what_was_thrown_away_meanwhile_is_left_out(in_acme: Acme) -> None:
    kept, gone = (put(in_acme.bob, in_acme.folder.pk, name) for name in ("a.pdf", "b.pdf"))
    trash_document(in_acme.bob, gone.pk)
    assert [row.name for row in listed([gone.pk, kept.pk])] == ["a.pdf"]
