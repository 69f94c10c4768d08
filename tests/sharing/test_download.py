"""A download through a link: begun by a POST, carried by a ticket, judged at every range."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from sharing.events import Event
from sharing.models import DownloadSession, Link
from sharing.tokens import LINK, TICKET, token_of
from tenants.keys import PublicToken
from tenants.models.audit import AuditTrace
from tenants.scoping import scope
from tests.cast import Acme, Rival, found_acme
from tests.factories import body, pdf, put
from tests.sharing.scene import CONTENT, Holder, as_stored, link_to, sessions
from tests.sharing.test_recipient import ENDS, End, discreet, revoked
from tests.vault.scene import all_at_once, trail
from tests.vault.test_blobs import now_in
from vault.events import Event as VaultEvent
from vault.models import Blob


def test_a_post_begins_and_the_ticket_gives_the_bytes(link: Link) -> None:
    holder = Holder(link)
    begun = holder.begin()
    assert begun.status_code == 303
    assert discreet(begun)
    response = holder.fetch(begun["Location"])
    assert body(response) == CONTENT
    assert response["Content-Disposition"] == 'attachment; filename="contract.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "no-referrer"


def test_one_download_counts_once_however_often_it_is_fetched(link: Link) -> None:
    holder = Holder(link)
    ticket = holder.ticket()
    for _ in range(3):
        assert body(holder.fetch(ticket, range="bytes=0-9")) == CONTENT[:10]
        assert holder.client.head(ticket)["Content-Length"] == str(len(CONTENT))
    assert body(holder.fetch(ticket, range="bytes=10-")) == CONTENT[10:]
    etag = holder.client.head(ticket)["ETag"]
    assert holder.fetch(ticket, **{"if-none-match": etag}).status_code == 304
    assert (as_stored(link).downloads, sessions(link)) == (1, 1)
    holder.ticket()
    assert (as_stored(link).downloads, sessions(link)) == (2, 2)


def test_the_trail_has_the_beginning_and_the_reading(acme: Acme, link: Link) -> None:
    holder = Holder(link)
    holder.client.defaults["HTTP_USER_AGENT"] = "curl/8"
    ticket = holder.ticket()
    for _ in range(2):
        body(holder.fetch(ticket))
    (begun,) = trail(acme.tenant_id, Event.LINK_DOWNLOADED)
    (read,) = trail(acme.tenant_id, VaultEvent.DOCUMENT_DOWNLOADED)
    for event in (begun, read):
        assert event["actor"] == {"kind": "link", "id": str(link.pk)}
        assert event["subject"] == {"kind": "document", "id": str(acme.contract.pk)}
        assert "curl" not in str(event)
    assert begun["facts"]["version"] == 1
    with scope(acme.tenant_id):
        trace = AuditTrace.objects.get(event=begun["id"])
        assert (trace.ip, trace.user_agent) == ("127.0.0.1", "curl/8")


@pytest.mark.parametrize("pinned", [False, True])
def test_a_link_serves_the_newest_version_or_the_one_that_it_was_made_for(
    acme: Acme, pinned: bool
) -> None:
    holder = Holder(link_to(acme, pinned=pinned))
    newer = pdf("second")
    put(acme.bob, acme.folder.pk, "contract.pdf", newer, on_conflict="version")
    assert body(holder.fetch(holder.ticket())) == (CONTENT if pinned else newer)


def test_a_download_that_began_goes_on_with_its_version(acme: Acme, link: Link) -> None:
    """Else the parts of two versions would be put together."""
    holder = Holder(link)
    ticket = holder.ticket()
    first = body(holder.fetch(ticket, range="bytes=0-99"))
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf("second"), on_conflict="version")
    assert first + body(holder.fetch(ticket, range="bytes=100-")) == CONTENT


@pytest.mark.parametrize(
    ("end", "status", "code"),
    [(end, status, code) for end, status, code, _ in ENDS],
    ids=[end.__name__ for end, *_ in ENDS],
)
def test_what_ends_a_link_ends_its_downloads_at_the_next_range(
    acme: Acme, link: Link, end: End, status: int, code: str
) -> None:
    holder, program = Holder(link), Holder(link, json=True)
    ticket = holder.ticket()
    etag = holder.client.head(ticket)["ETag"]
    assert body(holder.fetch(ticket, range="bytes=0-9")) == CONTENT[:10]
    end(acme, link)
    for headers in ({}, {"range": "bytes=10-"}, {"if-none-match": etag}):
        response = holder.fetch(ticket, **headers)
        assert response.status_code == status
        assert CONTENT[10:] not in body(response)
        assert discreet(response)
    assert holder.client.head(ticket).status_code == status
    assert program.fetch(ticket).json()["code"] == code


def test_a_ticket_lasts_a_day(acme: Acme, link: Link) -> None:
    holder = Holder(link)
    ticket = holder.ticket()
    with scope(acme.tenant_id):
        session = DownloadSession.objects.get()
        assert timedelta(hours=23, minutes=59) < session.expires_at - session.started_at
        DownloadSession.objects.update(expires_at=timezone.now())
    assert holder.fetch(ticket).status_code == 410
    assert body(holder.fetch(holder.ticket())) == CONTENT


@pytest.mark.parametrize("state", ["stored", "infected", "condemned", "gone"])
def test_bytes_that_are_not_served_are_not_shared(acme: Acme, link: Link, state: str) -> None:
    now_in(acme, state)
    holder = Holder(link, json=True)
    for response in (holder.open(), holder.begin()):
        assert (response.status_code, response.json()["code"]) == (410, "link_unavailable")


def test_a_version_that_is_condemned_is_not_served_to_a_download_that_began(
    acme: Acme, link: Link
) -> None:
    """Also where the document has a newer, sound version by then."""
    holder = Holder(link)
    ticket = holder.ticket()
    put(acme.bob, acme.folder.pk, "contract.pdf", pdf("second"), on_conflict="version")
    with scope(acme.tenant_id):
        Blob.objects.filter(owner_id=acme.alice.user_id).update(state="infected")
    assert holder.fetch(ticket).status_code == 410
    assert body(holder.fetch(holder.ticket())) == pdf("second")


def tokens_of(link: Link, tenant_id: object, session: object) -> list[tuple[str, str]]:
    """Tokens that were signed here, in places that they were not made for."""
    tenant: list[object] = [link.tenant_id, tenant_id]
    return [
        ("", PublicToken(TICKET, tenant[0], link.pk, 1).seal()),  # type: ignore[arg-type]
        ("", PublicToken("invitation", tenant[0], link.pk, 1).seal()),  # type: ignore[arg-type]
        ("", PublicToken(LINK, tenant[1], link.pk, 1).seal()),  # type: ignore[arg-type]
        ("", PublicToken(LINK, tenant[0], link.pk, 2).seal()),  # type: ignore[arg-type]
        ("", PublicToken(LINK, tenant[0], session, 1).seal()),  # type: ignore[arg-type]
        ("content", token_of(link)),
        ("content", PublicToken(LINK, tenant[0], session, 1).seal()),  # type: ignore[arg-type]
        ("content", PublicToken(TICKET, tenant[1], session, 1).seal()),  # type: ignore[arg-type]
        ("content", PublicToken(TICKET, tenant[0], session, 2).seal()),  # type: ignore[arg-type]
        ("content", PublicToken(TICKET, tenant[0], link.pk, 1).seal()),  # type: ignore[arg-type]
    ]


def test_a_token_opens_what_it_was_made_for_and_nothing_else(
    acme: Acme, rival: Rival, link: Link
) -> None:
    holder = Holder(link)
    ticket = holder.ticket()
    with scope(acme.tenant_id):
        session = DownloadSession.objects.get().pk
    assert body(holder.fetch(ticket)) == CONTENT
    for part, token in tokens_of(link, rival.tenant_id, session):
        response = holder.client.get(f"/s/{token}/{part}")
        assert response.status_code == 404, part
        assert "We do not know this link" in response.content.decode()


def test_a_ticket_ends_with_its_links_row_in_every_way(acme: Acme, link: Link) -> None:
    holder = Holder(link)
    tickets = [holder.ticket() for _ in range(3)]
    revoked(acme, link)
    for ticket in tickets:
        assert holder.fetch(ticket).status_code == 410
    assert holder.begin().status_code == 410
    assert (as_stored(link).downloads, sessions(link)) == (3, 3)


def test_only_a_post_begins_a_download(link: Link) -> None:
    """Previews and scanners of mail look at addresses; they use nothing up."""
    for method in ("get", "head", "put", "patch", "delete"):
        response = getattr(Client(), method)(f"{Holder(link).page}download")
        assert response.status_code == 405
    assert (as_stored(link).downloads, sessions(link)) == (0, 0)


def test_bytes_are_fetched_by_get_and_head_alone(link: Link) -> None:
    ticket = Holder(link).ticket()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(ticket).status_code == 405


@pytest.mark.usefixtures("committed")
def test_downloads_at_once_are_all_counted() -> None:
    link = link_to(found_acme())
    begun = all_at_once([partial(Holder(link).begin) for _ in range(12)])
    assert [response.status_code for response in begun] == [303] * 12  # type: ignore[union-attr]
    assert (as_stored(link).downloads, sessions(link)) == (12, 12)
