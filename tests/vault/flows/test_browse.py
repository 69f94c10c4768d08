import pytest

from tenants.actor import Member
from tenants.errors import Invalid, NotFound
from tests.cast import Acme
from tests.vault.rows import crowd_of
from vault.access import Role
from vault.flows.browse import PAGE, contents, way_to
from vault.flows.folders import create_folder
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.orders import ORDERS
from vault.flows.restrict import restrict_document, restrict_folder
from vault.models import Document, Folder, place_of
from vault.names import DisplayName
from vault.rights.keyrings import keyring_of


def read_through(
    actor: Member, folder: Folder, *, sort: str = "name"
) -> tuple[list[str], list[int]]:
    """Every name, page after page, and the sizes of the pages."""
    names: list[str] = []
    sizes: list[int] = []
    cursor = ""
    while True:
        page = contents(actor, folder.pk, cursor=cursor, sort=sort)
        names += [
            *(f"{f.name}/" for f in page.folders),
            *(row.document.name for row in page.documents),
        ]
        sizes.append(len(page.folders) + len(page.documents))
        if page.next is None:
            return names, sizes
        cursor = page.next


@pytest.mark.parametrize(
    ("folders", "documents"),
    [(0, 0), (0, PAGE), (PAGE, 0), (PAGE, 1), (PAGE - 1, 2), (70, 50), (0, 120), (120, 0)],
)
def test_pages_hold_every_row_once_in_the_order_of_names(
    in_acme: Acme, folders: int, documents: int
) -> None:
    folder = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Crowd"))
    made = crowd_of(folder, folders=folders, documents=documents)
    names, sizes = read_through(in_acme.carol, folder)
    assert names == made
    assert all(size == PAGE for size in sizes[:-1])
    assert len(sizes) == max(1, -(-(folders + documents) // PAGE))


def test_the_order_of_names_does_not_look_at_case_and_equal_names_both_come(
    in_acme: Acme,
) -> None:
    folder = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Names"))
    names = ["b.pdf", "A.pdf", "a.pdf", "C.pdf", "a.pdf"]
    crowd_of(folder, names=names)
    shown = [row.document.name for row in contents(in_acme.carol, folder.pk).documents]
    assert sorted(shown) == sorted(names)
    assert [name.lower() for name in shown] == sorted(name.lower() for name in names)


def test_equal_names_are_neither_lost_nor_repeated_between_pages(in_acme: Acme) -> None:
    folder = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Same"))
    crowd_of(folder, names=["same.pdf"] * (PAGE + 20))
    seen: list[object] = []
    cursor = ""
    while cursor is not None:
        page = contents(in_acme.carol, folder.pk, cursor=cursor)
        seen += [row.document.pk for row in page.documents]
        cursor = page.next  # type: ignore[assignment]
    assert len(seen) == len(set(seen)) == PAGE + 20


def test_only_what_the_reader_may_see_is_listed_or_counted(in_acme: Acme) -> None:
    folder = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Crowd"))
    crowd_of(folder, folders=PAGE, documents=PAGE)
    Document.objects.filter(folder=folder).exclude(name="Document 007").update(restricted=True)
    for inner in Folder.objects.filter(parent=folder).exclude(name="Folder 003"):
        restrict_folder(in_acme.alice, inner.pk)
    page = contents(in_acme.carol, folder.pk)
    assert [f.name for f in page.folders] == ["Folder 003"]
    assert [row.document.name for row in page.documents] == ["Document 007"]
    assert page.next is None
    assert len(read_through(in_acme.alice, folder)[0]) == 2 * PAGE


def test_a_folder_that_is_not_seen_cannot_be_browsed(in_acme: Acme) -> None:
    for actor, folder in ((in_acme.dan, in_acme.root), (in_acme.dan, in_acme.folder)):
        with pytest.raises(NotFound):
            contents(actor, folder.pk)


@pytest.mark.parametrize("sort", sorted(ORDERS))
def test_every_order_holds_every_row_once(in_acme: Acme, sort: str) -> None:
    folder = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Crowd"))
    made = crowd_of(folder, folders=20, documents=PAGE + 40)
    names, sizes = read_through(in_acme.carol, folder, sort=sort)
    assert sorted(names) == sorted(made)
    assert sizes == [PAGE, PAGE, 10]
    if sort == "-name":
        assert names == [*made[:20][::-1], *made[20:][::-1]]


def test_a_cursor_of_another_order_is_refused(in_acme: Acme) -> None:
    folder = create_folder(in_acme.alice, in_acme.root.pk, name=DisplayName("Crowd"))
    crowd_of(folder, documents=PAGE + 1)
    cursor = contents(in_acme.carol, folder.pk).next or ""
    assert contents(in_acme.carol, folder.pk, cursor=cursor).documents
    for sort in sorted(set(ORDERS) - {"name"}):
        with pytest.raises(Invalid):
            contents(in_acme.carol, folder.pk, cursor=cursor, sort=sort)
            pytest.fail(sort)


def test_an_order_that_is_none_is_refused(in_acme: Acme) -> None:
    with pytest.raises(Invalid):
        contents(in_acme.carol, in_acme.folder.pk, sort="colour")


def crumbs(actor: Member, folder: Folder) -> list[str]:
    return [step.name for step in way_to(keyring_of(actor), place_of(folder.pk))]


def test_the_breadcrumb_begins_where_the_readers_rights_begin(in_acme: Acme) -> None:
    year = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("2026"))
    april = create_folder(in_acme.alice, year.pk, name=DisplayName("April"))
    to = Principal("user", in_acme.dan.user_id)
    grant_on_folder(in_acme.alice, year.pk, to=to, role=Role.PREVIEW)
    top = in_acme.root.name
    assert crumbs(in_acme.carol, april) == [top, "Invoices", "2026", "April"]
    assert crumbs(in_acme.dan, april) == ["2026", "April"]
    restrict_folder(in_acme.alice, april.pk)
    assert crumbs(in_acme.carol, april) == []
    assert crumbs(in_acme.alice, april) == [top, "Invoices", "2026", "April"]


def test_the_breadcrumb_has_no_step_above_a_gap(in_acme: Acme) -> None:
    """Bob holds keys above and below a folder that he may not see."""
    middle = create_folder(in_acme.alice, in_acme.folder.pk, name=DisplayName("Middle"))
    below = create_folder(in_acme.alice, middle.pk, name=DisplayName("Below"))
    restrict_folder(in_acme.alice, middle.pk)
    to = Principal("user", in_acme.bob.user_id)
    grant_on_folder(in_acme.alice, below.pk, to=to, role=Role.READ)
    assert crumbs(in_acme.bob, below) == ["Below"]


def test_roles_on_the_rows_are_those_of_the_rule(in_acme: Acme) -> None:
    to = Principal("user", in_acme.bob.user_id)
    grant_on_document(in_acme.alice, in_acme.contract.pk, to=to, role=Role.MANAGE)
    restrict_document(in_acme.alice, in_acme.contract.pk)
    page = contents(in_acme.bob, in_acme.folder.pk)
    assert [row.role for row in page.documents] == [Role.MANAGE]
