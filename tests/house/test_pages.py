"""Each page of an organisation, asked for by each of the cast: the status that they get."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Acme, signed_in
from tests.factories import pdf
from tests.house.doors import METHODS, Scene, cast_of, knock, pages
from tests.house.test_urls import PAGES

# What a form sends, where it must be whole to be taken.
SENT: Final[Mapping[str, Callable[[Acme], Mapping[str, Any]]]] = {
    "tenants:view-as": lambda acme: {"who": f"user:{acme.dan.user_id}"},
    "vault:new-folder": lambda _: {"name": "Letters"},
    "vault:rename-folder": lambda _: {"name": "Bills"},
    "vault:rename-document": lambda _: {"name": "treaty.pdf"},
    "vault:versions": lambda _: {"file": SimpleUploadedFile("letter.pdf", pdf())},
    "vault:new-team": lambda _: {"name": "Sellers"},
    "vault:rename-team": lambda _: {"name": "Sellers"},
    "vault:add-to-team": lambda acme: {"member": str(acme.bob.membership_id)},
    "vault:upload": lambda _: {"file": SimpleUploadedFile("letter.pdf", pdf())},
    "vault:change-folder-access": lambda acme: {
        "principal": f"user:{acme.dan.user_id}",
        "role": "read",
    },
    "vault:change-document-access": lambda acme: {
        "principal": f"user:{acme.dan.user_id}",
        "role": "read",
    },
    "vault:describe-document": lambda _: {"description": "A treaty"},
    "vault:mails": lambda _: {"mails": "daily"},
    "vault:trash-several": lambda acme: {"node": f"document:{acme.contract.pk}"},
    "vault:ask-folder": lambda _: {"role": "read", "note": "For the audit"},
    "vault:ask-document": lambda _: {"role": "read", "note": "For the audit"},
    "vault:approve-request": lambda _: {"role": "read"},
    "vault:bulk-move": lambda acme: {"to": acme.folder.pk},
    "vault:bulk-grant": lambda acme: {
        "principal": f"user:{acme.dan.user_id}",
        "role": "read",
    },
    "vault:folder-wall": lambda _: {"restricted": "on"},
    "vault:document-wall": lambda _: {"restricted": "on"},
    "sharing:links": lambda _: {"days": "7"},
}
# What an address asks with, where it says nothing without.
CHOSEN: Final = "?node=document:{document_id}"
ASKED: Final = dict.fromkeys(("vault:bulk-move", "vault:bulk-grant"), CHOSEN)
# Alice owns, Bob edits, Carol reads, Dan is a guest without a key, Mallory is a rival's,
# a stranger has not signed in.
WHO: Final = ("alice", "bob", "carol", "dan", "mallory", "stranger")
type Row = tuple[str, str, int, int, int, int, int, int]
EXPECTED: Final[list[Row]] = [
    ("GET", "tenants:view-as", 200, 403, 403, 403, 404, 302),
    ("POST", "tenants:view-as", 302, 403, 403, 403, 404, 302),
    ("POST", "tenants:end-viewing", 302, 302, 302, 302, 404, 302),
    ("GET", "vault:enter", 302, 302, 302, 302, 404, 302),
    ("GET", "vault:files", 200, 200, 200, 404, 404, 302),
    ("GET", "vault:folder", 200, 200, 200, 404, 404, 302),
    ("GET", "vault:search", 200, 200, 200, 200, 404, 302),
    ("GET", "vault:trash", 200, 200, 200, 200, 404, 302),
    ("POST", "vault:restore", 302, 302, 404, 404, 404, 302),
    ("POST", "vault:purge", 302, 403, 403, 403, 404, 302),
    ("GET", "vault:rename-folder", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:rename-folder", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:move-folder", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:move-folder", 302, 409, 403, 404, 404, 302),
    ("POST", "vault:trash-folder", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:rename-document", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:rename-document", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:move-document", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:move-document", 302, 302, 403, 404, 404, 302),
    ("POST", "vault:trash-document", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:versions", 200, 200, 200, 404, 404, 302),
    ("POST", "vault:versions", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:version-content", 200, 200, 200, 404, 404, 302),
    ("POST", "vault:restore-version", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:copy-folder", 200, 200, 200, 404, 404, 302),
    ("POST", "vault:copy-folder", 302, 409, 409, 404, 404, 302),
    ("GET", "vault:copy-document", 200, 200, 200, 404, 404, 302),
    ("POST", "vault:copy-document", 302, 302, 409, 404, 404, 302),
    ("POST", "vault:star-folder", 302, 302, 302, 404, 404, 302),
    ("POST", "vault:star-document", 302, 302, 302, 404, 404, 302),
    ("GET", "vault:describe-document", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:describe-document", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:activity", 200, 200, 403, 404, 404, 302),
    ("GET", "vault:all", 200, 200, 200, 200, 404, 302),
    ("GET", "vault:recent", 200, 200, 200, 200, 404, 302),
    ("GET", "vault:starred", 200, 200, 200, 200, 404, 302),
    ("GET", "vault:shared", 200, 200, 200, 200, 404, 302),
    ("POST", "vault:columns", 302, 302, 302, 302, 404, 302),
    ("GET", "vault:news", 200, 200, 200, 200, 404, 302),
    ("POST", "vault:mails", 302, 302, 302, 302, 404, 302),
    ("POST", "vault:trash-several", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:members", 200, 403, 403, 403, 404, 302),
    ("GET", "vault:my-access", 200, 200, 200, 200, 404, 302),
    ("GET", "vault:member-access", 200, 403, 200, 403, 404, 302),  # it is Carol's own
    ("GET", "vault:teams", 200, 403, 403, 403, 404, 302),
    ("GET", "vault:new-team", 200, 403, 403, 403, 404, 302),
    ("POST", "vault:new-team", 302, 403, 403, 403, 404, 302),
    ("GET", "vault:team", 200, 403, 403, 403, 404, 302),
    ("GET", "vault:rename-team", 200, 403, 403, 403, 404, 302),
    ("POST", "vault:rename-team", 302, 403, 403, 403, 404, 302),
    ("GET", "vault:delete-team", 200, 403, 403, 403, 404, 302),
    ("POST", "vault:delete-team", 302, 403, 403, 403, 404, 302),
    ("GET", "vault:add-to-team", 200, 403, 403, 403, 404, 302),
    ("POST", "vault:add-to-team", 302, 403, 403, 403, 404, 302),
    ("GET", "vault:remove-from-team", 200, 403, 403, 403, 404, 302),
    ("POST", "vault:remove-from-team", 302, 403, 403, 403, 404, 302),
    ("GET", "vault:bulk-move", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:bulk-move", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:bulk-grant", 200, 403, 403, 404, 404, 302),
    ("POST", "vault:bulk-grant", 302, 403, 403, 404, 404, 302),
    ("GET", "vault:jobs", 200, 200, 200, 200, 404, 302),
    ("GET", "vault:job", 404, 200, 404, 404, 404, 302),
    ("POST", "vault:stop-job", 404, 302, 404, 404, 404, 302),
    ("GET", "vault:trail", 200, 403, 403, 403, 404, 302),
    ("POST", "vault:check-trail", 302, 403, 403, 403, 404, 302),
    ("POST", "vault:export-trail", 200, 403, 403, 403, 404, 302),
    ("GET", "vault:new-folder", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:new-folder", 302, 302, 403, 404, 404, 302),
    ("GET", "vault:upload", 200, 200, 403, 404, 404, 302),
    ("POST", "vault:upload", 200, 200, 403, 404, 404, 302),
    ("GET", "vault:ask-folder", 200, 200, 200, 200, 404, 302),
    ("POST", "vault:ask-folder", 302, 302, 302, 302, 404, 302),
    ("GET", "vault:ask-document", 200, 200, 200, 200, 404, 302),
    ("POST", "vault:ask-document", 302, 302, 302, 302, 404, 302),
    ("GET", "vault:requests", 200, 200, 200, 200, 404, 302),
    ("POST", "vault:approve-request", 302, 403, 403, 404, 404, 302),
    ("POST", "vault:decline-request", 302, 403, 403, 404, 404, 302),
    ("GET", "vault:folder-access", 200, 200, 403, 404, 404, 302),
    ("GET", "vault:change-folder-access", 200, 403, 403, 404, 404, 302),
    ("POST", "vault:change-folder-access", 302, 403, 403, 404, 404, 302),
    ("GET", "vault:folder-wall", 200, 403, 403, 404, 404, 302),
    ("POST", "vault:folder-wall", 302, 403, 403, 404, 404, 302),
    ("GET", "vault:document", 200, 200, 200, 404, 404, 302),
    ("GET", "vault:content", 200, 200, 200, 404, 404, 302),
    ("GET", "vault:document-access", 200, 200, 403, 404, 404, 302),
    ("GET", "vault:change-document-access", 200, 403, 403, 404, 404, 302),
    ("POST", "vault:change-document-access", 302, 403, 403, 404, 404, 302),
    ("GET", "vault:document-wall", 200, 403, 403, 404, 404, 302),
    ("POST", "vault:document-wall", 302, 403, 403, 404, 404, 302),
    ("GET", "sharing:links", 200, 200, 403, 404, 404, 302),
    ("POST", "sharing:links", 200, 200, 403, 404, 404, 302),
    ("POST", "sharing:revoke-link", 302, 302, 403, 404, 404, 302),
]
INSIDE: Final = sorted(name for name, address in pages().items() if "{org}" in address)
SAFE: Final = {"GET": {"GET", "HEAD"}, "POST": {"POST"}}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_page_answers_each_of_the_cast(scene: Scene, row: Row) -> None:
    """The weakest first; each finds everything as it was."""
    method, name, *expected = row
    sent = SENT[name](scene.acme) if method == "POST" and name in SENT else {}
    address = (pages()[name] + ASKED.get(name, "")).format(**scene.ids())
    statuses = {}
    for who, actor in cast_of(scene).items():
        client = signed_in(actor) if actor else Client()
        for file in sent.values():
            if isinstance(file, SimpleUploadedFile):
                file.seek(0)
        statuses[who] = knock(client, method, address, sent).status_code
    assert statuses == dict(zip(WHO, expected, strict=True))


def test_a_page_refuses_other_methods(scene: Scene) -> None:
    client, addresses = signed_in(scene.acme.alice), pages()
    for page in INSIDE:
        allowed = {m for method, name, *_ in EXPECTED if name == page for m in SAFE[method]}
        address = addresses[page].format(**scene.ids())
        refused = {m for m in METHODS if knock(client, m, address).status_code == 405}
        assert refused == set(METHODS) - allowed, page


def test_every_page_of_an_organisation_is_asked_for() -> None:
    assert {name for _, name, *_ in EXPECTED} == set(INSIDE)


# What a kind of `test_urls` says of Bob, Carol and Dan: the weakest that is let in.
LETS_IN: Final = {
    "member": "carol",
    "reader": "carol",
    "editor": "bob",
    "manager": "alice",
    "admin": "alice",
    "oneself": "carol",
    "asker": "bob",
    "seat": "dan",
}


@pytest.mark.parametrize("name", sorted(set(INSIDE) - {"vault:enter"}))
def test_the_statuses_are_those_of_the_pages_kind(name: str) -> None:
    people = ("alice", "bob", "carol", "dan")
    rows = [row[2:6] for row in EXPECTED if row[1] == name]
    welcome = {
        who for row in rows for who, status in zip(people, row, strict=True) if status < 400
    }
    assert [who for who in people if who in welcome][-1] == LETS_IN[PAGES[name]]


@pytest.mark.parametrize("name", sorted(n for n, kind in PAGES.items() if kind == "account"))
def test_a_stranger_signs_in_first(db: None, name: str) -> None:
    answer = Client().get(pages()[name])
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/?next=")
