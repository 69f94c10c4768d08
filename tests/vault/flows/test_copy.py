"""Copies share their bytes, take no room, and open nothing that was closed."""

from uuid import UUID

import pytest

from tenants.errors import Invalid, NotFound, TooWeak
from tenants.scoping import scope
from tests.cast import Acme
from tests.factories import put
from tests.tenants.scene import settle_the_trail
from tests.vault.scene import storage_root
from vault.access import Role
from vault.errors import TooMany
from vault.flows import copy as copying
from vault.flows.copy import copy_document, copy_folder
from vault.flows.describe import describe
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_folder
from vault.flows.purge import purge
from vault.flows.restrict import restrict_document, restrict_folder
from vault.flows.trail import activity_of
from vault.flows.trash import trash_document
from vault.models import Blob, Document, Folder, FolderTeamGrant, FolderUserGrant, Usage
from vault.names import DisplayName
from vault.quota import breakdown
from vault.rights.fetching import fetch_document


def home(acme: Acme, who: str) -> Folder:
    found = home_of(getattr(acme, who))
    assert found is not None
    return found


def test_a_reader_copies_into_a_folder_of_their_own(in_acme: Acme) -> None:
    describe(in_acme.bob, in_acme.contract.pk, words="Signed in May")
    made = copy_document(in_acme.carol, in_acme.contract.pk, to=home(in_acme, "carol").pk)
    held = fetch_document(in_acme.carol, made.pk)
    original = Document.objects.get(pk=in_acme.contract.pk)
    assert (held.role, made.name, made.description) == (
        Role.MANAGE,
        original.name,
        "Signed in May",
    )
    assert held.document.current is not None
    assert original.current is not None
    assert held.document.current.number == 1
    assert held.document.current.blob_id == original.current.blob_id


def test_a_copy_takes_no_room(in_acme: Acme) -> None:
    before = Usage.objects.of(None).get().stored
    copy_document(in_acme.bob, in_acme.contract.pk, to=in_acme.folder.pk)
    assert Usage.objects.of(None).get().stored == before
    room = breakdown()
    assert (room.live, room.versions, room.trash) == (before, 0, 0)


def test_a_copy_beside_its_original_gets_a_number(in_acme: Acme) -> None:
    names = [
        copy_document(in_acme.bob, in_acme.contract.pk, to=in_acme.folder.pk).name
        for _ in range(2)
    ]
    assert names == ["contract (2).pdf", "contract (3).pdf"]


def test_the_bytes_stay_until_the_last_document_that_shows_them_is_gone(acme: Acme) -> None:
    made = copy_in(acme)
    (path,) = (p for p in storage_root().rglob("*") if p.is_file() and "tenants" in p.parts)
    throw_for_good(acme, acme.contract.pk)
    assert path.is_file()
    throw_for_good(acme, made.pk)
    assert not path.exists()


def copy_in(acme: Acme) -> Document:
    with scope(acme.tenant_id):
        return copy_document(acme.bob, acme.contract.pk, to=acme.folder.pk)


def throw_for_good(acme: Acme, document: UUID) -> None:
    with scope(acme.tenant_id):
        trashing = trash_document(acme.alice, document)
    purge(acme.alice, trashing.pk)


@pytest.mark.parametrize(
    ("who", "to", "refusal"),
    [("carol", "folder", TooWeak), ("dan", "folder", NotFound), ("bob", "root", TooWeak)],
)
def test_it_takes_reading_there_and_editing_here(
    in_acme: Acme, who: str, to: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        copy_document(getattr(in_acme, who), in_acme.contract.pk, to=getattr(in_acme, to).pk)
    assert Document.objects.count() == 1


def test_previewing_is_not_enough(in_acme: Acme) -> None:
    secret = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Secret"))
    restrict_folder(in_acme.alice, secret.pk)
    paper = put(in_acme.alice, secret.pk, "secret.pdf")
    carol = Principal("user", in_acme.carol.user_id)
    grant_on_folder(in_acme.alice, secret.pk, to=carol, role=Role.PREVIEW)
    with pytest.raises(TooWeak):
        copy_document(in_acme.carol, paper.pk, to=home(in_acme, "carol").pk)


def test_a_folder_is_copied_with_all_that_the_actor_may_download(in_acme: Acme) -> None:
    inner = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Inner"))
    closed = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Closed"))
    for folder in (inner, closed):
        put(in_acme.alice, folder.pk, f"{folder.name}.pdf")
    restrict_folder(in_acme.alice, closed.pk)
    made = copy_folder(in_acme.bob, in_acme.folder.pk, to=home(in_acme, "bob").pk)
    assert [f.name for f in Folder.objects.filter(parent=made)] == ["Inner"]
    papers = Document.objects.filter(folder__line__ancestor=made)
    assert sorted(papers.values_list("name", flat=True)) == ["Inner.pdf", "contract.pdf"]


def test_keys_are_not_copied_and_walls_stand_again(in_acme: Acme) -> None:
    closed = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Closed"))
    restrict_folder(in_acme.alice, closed.pk)
    restrict_document(in_acme.alice, in_acme.contract.pk)
    made = copy_folder(in_acme.alice, in_acme.folder.pk, to=in_acme.root.pk)
    again = Folder.objects.get(parent=made)
    assert (made.restricted, again.restricted, again.wall_distance) == (False, True, 0)
    assert not FolderTeamGrant.objects.filter(content_object__in=[made, again]).exists()
    keys = FolderUserGrant.objects.filter(content_object__in=[made, again])
    assert [key.user_id for key in keys] == [in_acme.alice.user_id]
    paper = Document.objects.get(folder=made)
    with pytest.raises(NotFound):
        fetch_document(in_acme.carol, paper.pk)


def test_a_folder_is_not_copied_into_itself(in_acme: Acme) -> None:
    inner = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Inner"))
    for target in (in_acme.folder, inner):
        with pytest.raises(Invalid):
            copy_folder(in_acme.alice, in_acme.folder.pk, to=target.pk)


def test_roots_and_homes_are_not_copied(in_acme: Acme) -> None:
    for folder in (in_acme.root, home(in_acme, "alice")):
        with pytest.raises(NotFound):
            copy_folder(in_acme.alice, folder.pk, to=in_acme.folder.pk)


def test_too_much_at_once_is_refused_and_leaves_nothing(
    in_acme: Acme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "MOST", 1)
    put(in_acme.bob, in_acme.folder.pk, "more.pdf")
    before = (Folder.objects.count(), Document.objects.count(), Blob.objects.count())
    with pytest.raises(TooMany):
        copy_folder(in_acme.alice, in_acme.folder.pk, to=in_acme.root.pk)
    assert (Folder.objects.count(), Document.objects.count(), Blob.objects.count()) == before


def test_the_originals_activity_tells_of_the_copy(in_acme: Acme) -> None:
    home = home_of(in_acme.carol)
    assert home is not None
    copy_document(in_acme.carol, in_acme.contract.pk, to=home.pk)
    settle_the_trail()
    _held, page = activity_of(in_acme.bob, in_acme.contract.pk)
    assert "Carol opened version 1 of “contract.pdf”" in [told.words for told in page.events]
