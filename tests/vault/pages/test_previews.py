"""What a document's page shows of it, and to whom."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tenants.actor import Member
from tenants.scoping import scope
from tests.cast import Acme, signed_in
from tests.factories import body, png, put
from tests.vault.scene import trail
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document
from vault.gateway.headers import SHOWN_INLINE
from vault.models import Blob, BlobState, Document, Version
from vault.scanning.types import TYPES
from vault.views.preview import PREVIEWS, preview_of

SHOWN = {
    "pdf": "pdf",
    "png": "image",
    "jpg": "image",
    "gif": "image",
    "webp": "image",
    "txt": "text",
    "csv": "text",
    "md": "text",
}


@dataclass(frozen=True, slots=True)
class Page:
    client: Client
    address: str

    def preview(self) -> Any:
        return self.get().context["preview"]

    def get(self) -> Any:
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        return answer


def page_of(document: Document, who: Member, acme: Acme) -> Page:
    return Page(signed_in(who), f"/o/{acme.slug}/d/{document.pk}/")


@pytest.mark.parametrize("extension", TYPES)
def test_the_type_decides_what_is_shown(extension: str) -> None:
    blob = Blob(media_type=TYPES[extension].served, state=BlobState.CLEAN)
    shown = preview_of(Version(blob=blob), Role.READ)
    assert shown == SHOWN.get(extension, "none")


def test_what_is_shown_by_its_address_may_be_shown_by_the_gateway() -> None:
    assert {kind for kind, shown in PREVIEWS.items() if shown == "image"} <= SHOWN_INLINE


@pytest.mark.parametrize("state", BlobState)
def test_only_a_version_that_is_served_is_shown(state: BlobState) -> None:
    version = Version(blob=Blob(media_type="application/pdf", state=state))
    served = {BlobState.CLEAN, BlobState.UNSCANNED}
    assert preview_of(version, Role.MANAGE) == ("pdf" if state in served else None)
    assert preview_of(None, Role.MANAGE) is None


def test_a_reader_sees_it_and_whoever_may_preview_alone_does_not(acme: Acme) -> None:
    assert page_of(acme.contract, acme.carol, acme).preview() == "pdf"
    with scope(acme.tenant_id):
        to = Principal("user", acme.dan.user_id)
        grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.PREVIEW)
    dan = page_of(acme.contract, acme.dan, acme)
    assert dan.preview() is None
    shown = dan.get().content.decode()
    assert "/content/" not in shown
    assert "details-title" in shown
    assert dan.client.get(f"{dan.address}content/?disposition=inline").status_code == 403


def test_what_is_held_back_has_its_details_and_no_preview(acme: Acme) -> None:
    with scope(acme.tenant_id):
        Blob.objects.filter(version__document=acme.contract).update(state=BlobState.INFECTED)
    alice = page_of(acme.contract, acme.alice, acme)
    assert alice.preview() is None
    assert "details-title" in alice.get().content.decode()


def test_a_picture_is_an_image_with_the_documents_name(acme: Acme) -> None:
    plan = put(acme.alice, acme.folder.pk, 'Plan "A".png', png())
    carol = page_of(plan, acme.carol, acme)
    image = f'<img class="paper" src="{carol.address}content/?disposition=inline"'
    shown = carol.get().content.decode()
    assert f'{image} alt="Plan &quot;A&quot;.png"' in shown
    assert "dist/pdf" not in shown
    assert "dist/text" not in shown


def test_a_pdf_is_fetched_by_its_version_and_stays_an_attachment(acme: Acme) -> None:
    carol = page_of(acme.contract, acme.carol, acme)
    address = f"{carol.address}versions/1/content/"
    assert f'data-preview="{address}"' in carol.get().content.decode()
    for path in (address, f"{carol.address}content/?disposition=inline"):
        answer = carol.client.get(path)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert body(answer).startswith(b"%PDF-")


def test_the_pieces_of_one_look_are_one_line_in_the_trail(acme: Acme) -> None:
    carol = page_of(acme.contract, acme.carol, acme)
    carol.get()
    assert trail(acme.tenant_id, "vault:document:downloaded") == []
    for first in range(0, 300, 100):
        piece = {"Range": f"bytes={first}-{first + 99}"}
        answer = carol.client.get(f"{carol.address}versions/1/content/", headers=piece)
        assert (answer.status_code, len(body(answer))) == (206, 100)
    assert len(trail(acme.tenant_id, "vault:document:downloaded")) == 1


def test_the_page_allows_a_worker_of_our_own_and_no_other(acme: Acme) -> None:
    answer = page_of(acme.contract, acme.carol, acme).get()
    assert "worker-src 'self';" in f"{answer.headers['Content-Security-Policy']};"
