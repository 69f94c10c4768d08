"""What may be done with a folder or document: one menu for all rows of a list, and on its page."""

import re
from urllib.parse import urljoin

import pytest
from django.urls import resolve

from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body
from tests.vault.viewing import viewing_as
from vault.access import Role
from vault.flows.folders import home_of
from vault.flows.grant import Principal, grant_on_document
from vault.flows.star import star_folder
from vault.views.rows import IN_THE_MENU

ROW = re.compile(r'<tr data-kind="(\w+)" data-name="[^"]*" data-has="([^"]*)">.*?</tr>', re.DOTALL)
ACTIONS = re.compile(r'<a class="[^"]*" href="([^"]*)" title="Actions" data-actions>')
PATTERN = re.compile(r"<template data-row-menu>(.*?)</template>", re.DOTALL)
LINK = re.compile(r'<a class="menu-item" href="([^"]*)"([^>]*)>')
FORM = re.compile(r'<form method="post" action="([^"]*)"([^>]*)>')
NEEDS = re.compile(r'data-needs="([^"]*)"')
OFFERS = ("star/", "rename/", "move/", "copy/", "trash/")


def page(acme: Acme, who: str, path: str) -> str:
    answer = signed_in(getattr(acme, who)).get(f"/o/{acme.slug}/{path}")
    assert answer.status_code == 200
    return body(answer).decode()


def offered(pattern: str, has: str) -> list[str]:
    """The addresses of what a row gets of the list's menu."""
    return [
        found[1]
        for kind in (LINK, FORM)
        for found in kind.finditer(pattern)
        if not (needs := NEEDS.search(found[2])) or {*needs[1].split()} <= {*has.split()}
    ]


@pytest.mark.parametrize("kind", ["folder", "document"])
def test_whatever_a_row_offers_is_there(acme: Acme, kind: str) -> None:
    path = "files/" if kind == "folder" else f"files/{acme.folder.pk}/"
    listing = page(acme, "alice", path)
    (row,) = ROW.finditer(listing)
    pattern, actions = PATTERN.search(listing), ACTIONS.search(row[0])
    assert pattern
    assert actions
    addresses = offered(pattern[1], row[2])
    assert len(addresses) == {"folder": 8, "document": 9}[kind]
    client = signed_in(acme.alice)
    for address in addresses:
        whole = urljoin(actions[1], address)
        assert resolve(whole)
        answer = client.get(whole)
        assert answer.status_code in {200, 405}  # 405: what a form sends
        body(answer)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.PREVIEW, set()),
        (Role.READ, {"copy"}),
        (Role.EDIT, {"access", "rename", "move", "copy", "trash"}),
    ],
)
def test_a_documents_page_offers_what_the_role_allows(
    acme: Acme, role: Role, words: set[str]
) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=role)
    address = f"d/{acme.contract.pk}/"
    shown, base = page(acme, "dan", address), f"/o/{acme.slug}/{address}"
    links = [found[1] for kind in (LINK, FORM) for found in kind.finditer(shown)]
    offers = {link.removeprefix(base).strip("/") for link in links if link.startswith(base)}
    assert offers - {"star"} == words


def test_a_folders_page_offers_it_but_not_for_the_root_or_a_home(acme: Acme) -> None:
    with scope(acme.tenant_id):
        home = home_of(acme.bob)
    assert home
    for who, path, has_it in (
        ("bob", f"files/{acme.folder.pk}/", True),
        ("bob", f"files/{home.pk}/", False),
        ("alice", "files/", False),
    ):
        links = [found[1] for found in LINK.finditer(page(acme, who, path))]
        assert any(link.endswith(f"{path}move/") for link in links) == has_it


def test_every_need_is_a_word_that_rows_know(acme: Acme) -> None:
    pattern = PATTERN.search(page(acme, "alice", "files/"))
    assert pattern
    needed = {word for needs in NEEDS.findall(pattern[1]) for word in needs.split()}
    assert needed == {"folder", "document", "starred", "unstarred", *IN_THE_MENU}


def test_what_changes_something_is_not_there_while_viewing_as_another(acme: Acme) -> None:
    listing = body(viewing_as(acme, acme.bob).get(f"/o/{acme.slug}/documents/")).decode()
    pattern = PATTERN.search(listing)
    assert pattern
    assert "./" in offered(pattern[1], "document download share copy change")
    assert not set(OFFERS) & {*offered(pattern[1], "document unstarred share copy change")}


def test_a_starred_home_offers_nothing_that_it_refuses(acme: Acme) -> None:
    with scope(acme.tenant_id):
        home = home_of(acme.bob)
        assert home
        star_folder(acme.bob, home.pk)
    listing = page(acme, "bob", "starred/")
    row, pattern = ROW.search(listing), PATTERN.search(listing)
    assert row
    assert pattern
    assert {*row[2].split()} == {"folder", "starred", "download", "share"}
    assert not {"rename/", "move/", "copy/", "trash/"} & {*offered(pattern[1], row[2])}


def test_who_threw_away_all_that_they_had_here_lands_where_they_may_be(acme: Acme) -> None:
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.EDIT)
    client = signed_in(acme.dan)
    answer = client.post(f"/o/{acme.slug}/d/{acme.contract.pk}/trash/", follow=True)
    assert answer.redirect_chain == [(f"/o/{acme.slug}/shared/", 302)]
    assert answer.status_code == 200
    assert "is in the trash" in body(answer).decode()
