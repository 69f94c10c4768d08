"""While somebody views as another: every page of an organisation is served or refused.

What is served stands here. Everything else is refused before it runs, and nothing is written.
"""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from tests.factories import body
from tests.house.doors import METHODS, Scene, pages, patterns
from tests.house.test_pages import INSIDE, SENT
from tests.isolation.scene import fingerprint
from tests.vault.viewing import EYES, eyes, has_banner, viewing_as

SHOWN: Final = {
    "vault:enter",
    "vault:all",
    "vault:files",
    "vault:folder",
    "vault:document",
    "vault:versions",
    "vault:search",
    "vault:shared",
}
END: Final = "tenants:end-viewing"
READS: Final = ("GET", "HEAD")
# Besides the end of viewing, the only forms that send anything are those of the person's own.
FORM: Final = re.compile(r'<form[^>]*method="post"[^>]*>')
OWN_FORMS: Final = ("/view-as/end/", "/account/logout/")


def address_of(scene: Scene, name: str) -> str:
    return pages()[name].format(**scene.ids())


def ask(client: Client, scene: Scene, method: str, name: str, **options: Any) -> Any:
    sent = SENT[name](scene.acme) if method == "POST" and name in SENT else {}
    for file in sent.values():
        if isinstance(file, SimpleUploadedFile):
            file.seek(0)
    return getattr(client, method.lower())(address_of(scene, name), dict(sent), **options)


def test_what_is_served_through_other_eyes_stands_in_the_table() -> None:
    served = {
        name
        for name, _route, pattern in patterns(get_resolver())
        if getattr(pattern.callback, "shown_through_other_eyes", False)
    }
    assert served == SHOWN


def test_only_the_end_of_it_is_asked_for_in_ones_own_name() -> None:
    ending = {
        name
        for name, _route, pattern in patterns(get_resolver())
        if getattr(pattern.callback, "ends_viewing", False)
    }
    assert ending == {END}


def test_whatever_is_not_in_the_table_is_refused_and_changes_nothing(
    scene: Scene, files_root: Path
) -> None:
    """Through the eyes of somebody who could do all of it."""
    client = viewing_as(scene.acme, eyes(scene.acme, "alex"))
    before = fingerprint(scene.acme.tenant_id, files_root)
    for name in INSIDE:
        for method in METHODS:
            if name == END or (name in SHOWN and method in READS):
                continue
            answer = ask(client, scene, method, name, headers={"Accept": "application/json"})
            assert answer.status_code == 403, (method, name)
            if method != "HEAD":
                assert answer.json()["code"] == "viewing_as", (method, name)
    assert fingerprint(scene.acme.tenant_id, files_root) == before


def test_a_refusal_is_a_page_with_the_banner(scene: Scene) -> None:
    client = viewing_as(scene.acme, scene.acme.bob)
    for method, name in (("GET", "vault:news"), ("POST", "vault:rename-document")):
        answer = ask(client, scene, method, name)
        assert answer.status_code == 403
        assert has_banner(answer)
        assert "You are viewing as Bob." in body(answer).decode()


@pytest.mark.parametrize("name", EYES)
def test_a_page_that_is_served_writes_nothing(scene: Scene, files_root: Path, name: str) -> None:
    """Neither in the other's name nor in one's own: not a visit, not an order, not the trail."""
    client = viewing_as(scene.acme, eyes(scene.acme, name))
    before = fingerprint(scene.acme.tenant_id, files_root)
    for page in sorted(SHOWN):
        for address in (address_of(scene, page), f"{address_of(scene, page)}?sort=-name&q=a"):
            for method in READS:
                answer = getattr(client, method.lower())(address)
                assert answer.status_code in (200, 302, 404), (method, address)
                assert fingerprint(scene.acme.tenant_id, files_root) == before, (method, address)


@pytest.mark.parametrize("name", EYES)
def test_a_page_that_is_served_has_the_banner_and_no_form_that_changes(
    scene: Scene, name: str
) -> None:
    client = viewing_as(scene.acme, eyes(scene.acme, name))
    for page in sorted(SHOWN - {"vault:enter"}):
        answer = client.get(address_of(scene, page))
        assert has_banner(answer), page
        forms = FORM.findall(body(answer).decode())
        assert forms
        assert [f for f in forms if not any(own in f for own in OWN_FORMS)] == [], page
