"""Who is told what, in the list and by mail; and that nothing is told that may not be seen."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import User
from tenants.flows.teams import add_to_team, create_team
from tenants.models import Notification, Policy, Team
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, put
from tests.tenants.scene import program
from vault.access import Role
from vault.flows.folders import home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.news import mark_read, news_of, unread
from vault.flows.purge import warn_of_purge
from vault.flows.restrict import restrict_document
from vault.flows.trash import trash_document
from vault.models import Trashing


def words(acme: Acme, who: str) -> list[str]:
    return [news.words for news in news_of(getattr(acme, who))[0]]


def give(acme: Acme, who: str, role: Role = Role.READ) -> None:
    to = Principal("user", getattr(acme, who).user_id)
    grant_on_document(acme.alice, acme.contract.pk, to=to, role=role)


def test_a_person_is_told_what_they_were_given(
    in_acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    give(in_acme, "dan")
    assert words(in_acme, "dan") == ["Alice gave you access to “contract.pdf”"]
    assert unread(in_acme.dan) == 1
    (mail,) = mailoutbox
    assert mail.subject == "Alice gave you access to “contract.pdf”"
    assert mail.to == [User.objects.get(pk=in_acme.dan.user_id).email]
    assert mail.reply_to == [User.objects.get(pk=in_acme.alice.user_id).email]
    assert mail.from_email.startswith("Alice at Acme Ltd via Strongroom <")


def test_no_more_is_told_than_what_is_new(in_acme: Acme, mailoutbox: list[EmailMessage]) -> None:
    for role in (Role.READ, Role.READ, Role.PREVIEW):
        give(in_acme, "dan", role)
    assert len(words(in_acme, "dan")) == len(mailoutbox) == 1
    give(in_acme, "dan", Role.EDIT)
    assert len(words(in_acme, "dan")) == 2


def test_whoever_gives_is_not_told_nor_is_everyone(in_acme: Acme) -> None:
    give(in_acme, "alice")
    everyone = Principal("team", Team.objects.get(is_everyone=True).pk)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=everyone, role=Role.READ)
    told = {news for who in ("alice", "bob", "carol") for news in words(in_acme, who)}
    assert told == {"Alice gave you access to “Invoices”"}  # Bob, when he was given it
    assert words(in_acme, "carol") == []


def test_the_people_of_a_team_are_told(in_acme: Acme) -> None:
    team = create_team(in_acme.alice, name="Auditors")
    for seat in (in_acme.dan, in_acme.carol):
        add_to_team(in_acme.alice, team.pk, seat.membership_id)
    to = Principal("team", team.pk)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.EDIT)
    assert [len(words(in_acme, who)) for who in ("dan", "carol")] == [1, 1]


def test_an_old_notification_never_tells_more_than_a_right_of_today(in_acme: Acme) -> None:
    give(in_acme, "carol")
    restrict_document(in_acme.alice, in_acme.contract.pk)
    assert words(in_acme, "carol") == ["Alice gave you access to “contract.pdf”"]
    trash_document(in_acme.alice, in_acme.contract.pk)
    assert words(in_acme, "carol") == [
        "Alice gave you access to “something that you can't see any more”"
    ]


def test_what_was_read_is_not_new(in_acme: Acme) -> None:
    give(in_acme, "dan")
    mark_read(in_acme.carol, Notification.objects.all())  # it is not hers
    assert unread(in_acme.dan) == 1
    mark_read(in_acme.dan, Notification.objects.all())
    assert unread(in_acme.dan) == 0


def test_the_trash_says_beforehand_once_that_it_empties_itself(
    acme: Acme, mailoutbox: list[EmailMessage]
) -> None:
    with scope(acme.tenant_id):
        trash_document(acme.bob, acme.contract.pk)
        days = Policy.objects.get().trash_days
    warn_of_purge()
    assert mailoutbox == []
    with scope(acme.tenant_id):
        Trashing.objects.update(at=timezone.now() - timedelta(days=days - 2))
    for _ in range(2):
        warn_of_purge()
    (mail,) = mailoutbox
    assert "“contract.pdf”" in mail.subject
    with scope(acme.tenant_id):
        assert "goes for good" in words(acme, "bob")[0]


@pytest.mark.parametrize(
    "way",
    [
        "/o/{org}/files/{home}/",
        "/o/{org}/files/{home}/access/",
        "/o/{org}/d/{document}/",
        "/o/{org}/d/{document}/content/",
        "/o/{org}/d/{document}/versions/1/content/",
        "/api/v1/o/{org}/folders/{home}",
        "/api/v1/o/{org}/folders/{home}/children",
        "/api/v1/o/{org}/documents/{document}/content",
        "/api/v1/o/{org}/documents/{document}",
        "/api/v1/o/{org}/documents?folder={home}",
        "/o/{org}/search/?q=diary&folder={home}",
        "/o/{org}/d/{document}/versions/",
        "/o/{org}/d/{document}/access/",
        "/o/{org}/d/{document}/activity/",
    ],
)
def test_an_admin_in_somebodys_home_is_told_of_by_whatever_way(acme: Acme, way: str) -> None:
    with scope(acme.tenant_id):
        home = home_of(acme.carol)
    assert home is not None
    document = put(acme.carol, home.pk, "diary.pdf")
    address = way.format(org=acme.slug, home=home.pk, document=document.pk)
    come = program if address.startswith("/api/") else signed_in
    alice, carol = come(acme.alice), come(acme.carol)
    for client in (alice, alice, carol):
        answer = client.get(address)
        assert answer.status_code == 200
        body(answer)
    with scope(acme.tenant_id):
        assert words(acme, "carol") == [
            "Alice opened your own folder, as an admin of the organisation"
        ]


def test_an_admin_in_a_folder_of_everybody_is_no_news(acme: Acme) -> None:
    assert signed_in(acme.alice).get(f"/o/{acme.slug}/files/{acme.folder.pk}/").status_code == 200
    with scope(acme.tenant_id):
        assert words(acme, "carol") == []
