import pytest

from tenants.errors import NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme, Rival
from tests.vault.scene import trail
from vault.access import Role
from vault.errors import Exists
from vault.events import Event
from vault.flows.folders import create_folder, home_of, rename_folder, root_of
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.restrict import restrict_folder
from vault.models import Folder
from vault.names import DisplayName
from vault.rights.fetching import fetch_folder


def names(acme: Acme) -> list[str]:
    return list(Folder.objects.filter(parent=acme.folder).values_list("name", flat=True))


def test_an_editor_makes_a_folder_and_holds_in_it_what_they_hold_above(in_acme: Acme) -> None:
    folder = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("2026"))
    assert fetch_folder(in_acme.bob, folder.pk).role == Role.EDIT
    assert fetch_folder(in_acme.carol, folder.pk).role == Role.READ
    made = trail(in_acme.tenant_id, Event.FOLDER_CREATED)[-1]
    assert made["subject"]["id"] == str(folder.pk)
    assert made["facts"] == {"name": "2026", "parent": str(in_acme.folder.pk)}


def test_a_reader_makes_no_folder(in_acme: Acme) -> None:
    for actor, refusal in ((in_acme.carol, TooWeak), (in_acme.dan, NotFound)):
        with pytest.raises(refusal):
            create_folder(actor, in_acme.folder.pk, name=DisplayName("2026"))
    assert names(in_acme) == []


def test_a_stranger_makes_and_renames_no_folder(acme: Acme, rival: Rival) -> None:
    with scope(rival.tenant_id):
        with pytest.raises(NotFound):
            create_folder(rival.mallory, acme.folder.pk, name=DisplayName("2026"))
        with pytest.raises(NotFound):
            rename_folder(rival.mallory, acme.folder.pk, to=DisplayName("Mine"))


@pytest.mark.parametrize("same", ["Letters", "letters", "LETTERS", " Letters\u202e "])
def test_a_name_is_taken_whatever_its_case(in_acme: Acme, same: str) -> None:
    create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Letters"))
    with pytest.raises(Exists):
        create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName(same))
    assert names(in_acme) == ["Letters"]


def test_the_same_name_may_stand_in_another_folder(in_acme: Acme) -> None:
    inner = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Letters"))
    assert create_folder(in_acme.bob, inner.pk, name=DisplayName("Letters")).pk != inner.pk


def test_a_folder_that_the_actor_may_not_see_takes_no_name(in_acme: Acme) -> None:
    """Else the refusal would tell that it is there."""
    hidden = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Dismissals"))
    other = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Other"))
    restrict_folder(in_acme.alice, hidden.pk)
    create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Dismissals"))
    with pytest.raises(Exists):  # now there is one that he sees
        rename_folder(in_acme.bob, other.pk, to=DisplayName("dismissals"))
    assert names(in_acme).count("Dismissals") == 2


def test_a_folder_is_renamed_once_and_the_trail_says_from_what_to_what(in_acme: Acme) -> None:
    folder = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Drafts"))
    for _ in range(2):
        rename_folder(in_acme.bob, folder.pk, to=DisplayName("Papers"))
    assert Folder.objects.get(pk=folder.pk).name == "Papers"
    (event,) = trail(in_acme.tenant_id, Event.FOLDER_RENAMED)
    assert event["facts"] == {"before": "Drafts", "after": "Papers"}


def test_a_folder_may_change_the_case_of_its_own_name(in_acme: Acme) -> None:
    folder = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("drafts"))
    assert rename_folder(in_acme.bob, folder.pk, to=DisplayName("Drafts")).name == "Drafts"


def test_a_rename_refuses_a_name_that_is_taken(in_acme: Acme) -> None:
    folder = create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Drafts"))
    create_folder(in_acme.bob, in_acme.folder.pk, name=DisplayName("Papers"))
    with pytest.raises(Exists):
        rename_folder(in_acme.bob, folder.pk, to=DisplayName("papers"))
    assert names(in_acme) == ["Drafts", "Papers"]


def test_a_reader_renames_nothing(in_acme: Acme) -> None:
    for actor, refusal in ((in_acme.carol, TooWeak), (in_acme.dan, NotFound)):
        with pytest.raises(refusal):
            rename_folder(actor, in_acme.folder.pk, to=DisplayName("Mine"))


def test_roots_and_homes_keep_their_names(in_acme: Acme) -> None:
    home = home_of(in_acme.alice)
    assert home is not None
    for folder in (root_of(in_acme.alice), home):
        with pytest.raises(NotFound):
            rename_folder(in_acme.alice, folder.pk, to=DisplayName("Mine"))


def test_a_guest_with_a_key_makes_folders_there_and_nowhere_else(in_acme: Acme) -> None:
    to = Principal("user", in_acme.dan.user_id)
    grant_on_folder(in_acme.alice, in_acme.folder.pk, to=to, role=Role.EDIT)
    create_folder(in_acme.dan, in_acme.folder.pk, name=DisplayName("From Dan"))
    with pytest.raises(NotFound):
        create_folder(in_acme.dan, in_acme.root.pk, name=DisplayName("From Dan"))
