"""The page behind a link: it tells what is behind it, and looking changes nothing."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from sharing.flows.create import revoke_link
from sharing.models import Link
from sharing.tokens import address_of
from tenants.flows.leave import end_membership
from tenants.models import Organisation
from tenants.models.audit import AuditEvent
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import put
from tests.sharing.scene import CONTENT, Holder, as_stored, let_end, link_to, sessions
from vault.flows.rename import rename
from vault.flows.restrict import restrict_document
from vault.names import DisplayName

DISCREET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def discreet(response: object) -> bool:
    headers: dict[str, str] = response.headers  # type: ignore[attr-defined]
    return {name: headers.get(name) for name in DISCREET} == DISCREET


def test_it_shows_sender_name_size_and_end(link: Link) -> None:
    response = Holder(link).open()
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("Bob", "Acme Ltd", "contract.pdf", f"{len(CONTENT)}", "Not checked for malware"):
        assert words in page
    assert discreet(response)
    assert 'name="robots" content="noindex' in page


def test_its_address_is_what_the_maker_is_given(link: Link) -> None:
    assert address_of(link).endswith(Holder(link).page)
    assert address_of(link).startswith("http://localhost")


def test_looking_changes_nothing(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        events = AuditEvent.objects.count()
    before = as_stored(link).__dict__ | {"_state": None}
    holder = Holder(link)
    for method in ("get", "head") * 5:
        assert holder.open(method).status_code == 200
    assert as_stored(link).__dict__ | {"_state": None} == before
    assert sessions(link) == 0
    with scope(acme.tenant_id):
        assert AuditEvent.objects.count() == events
    assert not holder.client.cookies


def test_it_needs_no_account_and_asks_nobody_to_sign_in(acme: Acme, link: Link) -> None:
    holder = Holder(link)
    holder.client.cookies = signed_in(acme.dan).cookies  # he has no key to the contract
    assert holder.open().status_code == 200


@pytest.mark.parametrize("pinned", [False, True])
def test_it_shows_the_version_that_it_serves(acme: Acme, pinned: bool) -> None:
    link = link_to(acme, pinned=pinned)
    put(acme.bob, acme.folder.pk, "contract.pdf", CONTENT * 9, on_conflict="version")
    size = Holder(link).open().context["link"]["size"]
    assert size == len(CONTENT) * (1 if pinned else 9)


def test_a_name_is_text(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        rename(acme.bob, acme.contract.pk, to=DisplayName('"><img src=x onerror=alert(1)>.pdf'))
    page = Holder(link).open().content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def ended(acme: Acme, link: Link) -> None:
    let_end(link)


def revoked(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        revoke_link(acme.bob, link.pk)


def walled(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        restrict_document(acme.alice, acme.contract.pk)


def left(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        end_membership(acme.alice, acme.bob.membership_id)


def deactivated(acme: Acme, link: Link) -> None:
    User.objects.filter(pk=acme.bob.user_id).update(is_active=False)


def suspended(acme: Acme, link: Link) -> None:
    Organisation.objects.filter(pk=acme.tenant_id).update(state="suspended")


def renewed(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        Link.objects.filter(pk=link.pk).update(generation=2)


def gone(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        Link.objects.filter(pk=link.pk).delete()


type End = Callable[[Acme, Link], None]
ENDS: list[tuple[End, int, str, str]] = [
    (ended, 410, "link_ended", "This link has ended"),
    (revoked, 410, "link_revoked", "This link was turned off"),
    (walled, 410, "link_unavailable", "Not available at the moment"),
    (left, 410, "link_unavailable", "Not available at the moment"),
    (deactivated, 410, "link_unavailable", "Not available at the moment"),
    (suspended, 410, "link_unavailable", "Not available at the moment"),
    (renewed, 404, "not_found", "We do not know this link"),
    (gone, 404, "not_found", "We do not know this link"),
]


@pytest.mark.parametrize(
    ("end", "status", "code", "words"), ENDS, ids=[end.__name__ for end, *_ in ENDS]
)
def test_a_link_that_leads_nowhere_says_so_and_names_nothing(
    acme: Acme, link: Link, end: End, status: int, code: str, words: str
) -> None:
    holder, program = Holder(link), Holder(link, json=True)
    end(acme, link)
    for response in (holder.open(), holder.begin()):
        page = response.content.decode()
        assert response.status_code == status
        assert words in page
        assert discreet(response)
        for secret in ("contract", "Bob", "Acme", "bob@", str(acme.contract.pk), "/download"):
            assert secret not in page
    for response in (program.open(), program.begin()):
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["request_id"] == response["X-Request-ID"]
        assert discreet(response)
        assert "contract" not in response.content.decode()


def test_every_link_that_is_none_has_the_same_page(link: Link) -> None:
    token = Holder(link).page.split("/")[2]
    pages = set()
    for forged in ("x", "x" * 500, token[:-1], token + "A", token[::-1], token[:-1] + "é", "%00"):
        response = Holder(link, token=forged).open()
        assert response.status_code == 404, forged
        page = response.content.decode().replace(response["X-Request-ID"], "")
        pages.add(re.sub('nonce="[^"]*"', "", page))
    assert len(pages) == 1


def test_a_page_is_looked_at_and_nothing_else(link: Link) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(Holder(link).page).status_code == 405


def test_a_link_ends_at_its_very_moment(acme: Acme, link: Link) -> None:
    with scope(acme.tenant_id):
        Link.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    assert Holder(link).open().status_code == 410
