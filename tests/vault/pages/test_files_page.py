import re
from html import unescape

import pytest

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import put
from tests.vault.rows import crowd_of
from vault.access import Role
from vault.flows.browse import PAGE
from vault.flows.folders import create_folder, home_of
from vault.flows.grant import Principal, grant_on_document, grant_on_folder
from vault.flows.rename import rename
from vault.flows.restrict import restrict_document
from vault.names import DisplayName

NASTY = '"><img src=x onerror=alert(1)>.pdf'


def page(acme: Acme, who: str, path: str = "") -> str:
    address = f"/o/{acme.slug}/" + (path or f"files/{acme.folder.pk}/")
    response = signed_in(getattr(acme, who)).get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_organisation_leads_to_its_files(acme: Acme) -> None:
    response = signed_in(acme.carol).get(f"/o/{acme.slug}/")
    assert response["Location"] == f"/o/{acme.slug}/files/"
    assert "Invoices" in page(acme, "carol", "files/")


def test_a_folder_shows_its_rows_with_links_to_each(acme: Acme) -> None:
    with scope(acme.tenant_id):
        year = create_folder(acme.bob, acme.folder.pk, name=DisplayName("2026"))
    shown = page(acme, "carol")
    assert f"/o/{acme.slug}/files/{year.pk}/" in shown
    assert f"/o/{acme.slug}/d/{acme.contract.pk}/" in shown
    assert shown.index(">2026<") < shown.index("contract")


def test_what_is_hidden_has_no_trace_on_the_page(acme: Acme) -> None:
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)
    shown = page(acme, "carol")
    assert "contract" not in shown
    assert str(acme.contract.pk) not in shown
    assert "Nothing here yet" in shown


def test_buttons_are_those_of_the_role(acme: Acme) -> None:
    editing, reading = page(acme, "bob"), page(acme, "carol")
    for part in ("/upload/", "/new-folder/", 'unstarred download share copy change"'):
        assert part in editing
        assert part not in reading
    assert 'data-has="document unstarred download copy"' in reading


def test_a_preview_offers_no_download(acme: Acme) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_folder(acme.alice, acme.folder.pk, to=to, role=Role.PREVIEW)
    shown = page(acme, "dan")
    assert "contract" in shown
    assert "/content/" not in shown
    assert "/content/" not in page(acme, "dan", f"d/{acme.contract.pk}/")


def test_the_next_page_goes_on_where_this_one_ends(acme: Acme) -> None:
    with scope(acme.tenant_id):
        folder = create_folder(acme.alice, acme.root.pk, name=DisplayName("Crowd"))
        names = crowd_of(folder, documents=PAGE + 5)
    client, address = signed_in(acme.carol), f"/o/{acme.slug}/files/{folder.pk}/"
    first = client.get(address)
    after = re.search(r'href="(\?[^"]*after=[^"]+)"', first.content.decode())
    assert after
    second = client.get(address + unescape(after[1]))
    shown = [row["name"] for answer in (first, second) for row in answer.context["documents"]]
    assert shown == names
    assert second.context["next_cursor"] is None
    assert client.get(address + "?after=garbage").status_code == 422


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_a_name_is_text_on_every_page(acme: Acme, who: str) -> None:
    with scope(acme.tenant_id):
        inner = create_folder(acme.bob, acme.folder.pk, name=DisplayName(NASTY))
        rename(acme.bob, acme.contract.pk, to=DisplayName(NASTY))
    document, folder = f"d/{acme.contract.pk}/", f"files/{inner.pk}/"
    pages = ["", document, folder]
    if who == "alice":
        pages += [
            f"{document}access/",
            f"{document}share/",
            f"{folder}access/",
            f"{folder}upload/",
        ]
        pages += [f"{folder}new-folder/"]
    for path in pages:
        shown = page(acme, who, path)
        assert "<img src=x" not in shown, path
        assert "&lt;img src=x onerror=alert(1)&gt;" in shown, path


def test_a_home_stands_in_the_menu_of_its_owner_alone(acme: Acme) -> None:
    with scope(acme.tenant_id):
        home = home_of(acme.bob)
    assert home is not None
    address = f"/o/{acme.slug}/files/{home.pk}/"
    assert address in page(acme, "bob")
    assert address not in page(acme, "carol")
    assert signed_in(acme.carol).get(address).status_code == 404
    assert signed_in(acme.alice).get(address).status_code == 200


def test_a_document_page_tells_its_facts(acme: Acme) -> None:
    put(acme.bob, acme.folder.pk, "contract.pdf", on_conflict="version")
    shown = page(acme, "carol", f"d/{acme.contract.pk}/")
    for words in ("contract.pdf", "Version 2", "SHA-256", "Not checked for malware", "Invoices"):
        assert words in shown


def test_a_document_whose_folder_is_hidden_shows_no_way_up(acme: Acme) -> None:
    """Dan has a key to the document alone."""
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)
    shown = page(acme, "dan", f"d/{acme.contract.pk}/")
    assert "Invoices" not in shown
    assert str(acme.folder.pk) not in shown


class TestNewFolder:
    def address(self, acme: Acme) -> str:
        return f"/o/{acme.slug}/files/{acme.folder.pk}/new-folder/"

    def test_it_is_made_and_opened(self, acme: Acme) -> None:
        response = signed_in(acme.bob).post(self.address(acme), {"name": " Letters "})
        assert response.status_code == 302
        opened = signed_in(acme.bob).get(response["Location"])
        assert opened.context["folder"]["name"] == "Letters"

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("", "This field is required."),
            ("invoices/2026", "Rename to “invoices-2026”?"),
            ("letters", "There&#x27;s already a “letters” here."),
            ("x" * 201, "at most 200 characters"),
            ("a\0b", "Null characters are not allowed."),
        ],
    )
    def test_a_name_that_will_not_do_is_shown_with_its_reason(
        self, acme: Acme, name: str, words: str
    ) -> None:
        with scope(acme.tenant_id):
            create_folder(acme.bob, acme.folder.pk, name=DisplayName("Letters"))
        response = signed_in(acme.bob).post(self.address(acme), {"name": name})
        assert response.status_code == 422
        assert words in response.content.decode()
