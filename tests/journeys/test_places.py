"""The table of places knows every page."""

from collections import defaultdict
from uuid import uuid4

from django.urls import Resolver404, resolve

from tests.house.doors import pages
from tests.journeys.places import PLACES

# They answer bytes, send elsewhere, or take what a form of another page sends.
NO_PAGES = {
    "healthz",
    "api-description",
    "account_confirm_login_code",
    "account_set_password",
    "sharing:content",
    "sharing:download",
    "sharing:revoke-link",
    "tenants:end-viewing",
    "vault:check-trail",
    "vault:columns",
    "vault:content",
    "vault:approve-request",
    "vault:decline-request",
    "vault:enter",
    "vault:export-trail",
    "vault:mails",
    "vault:purge",
    "vault:restore",
    "vault:restore-version",
    "vault:star-document",
    "vault:stop-job",
    "vault:star-folder",
    "vault:trash-document",
    "vault:trash-folder",
    "vault:trash-several",
    "vault:version-content",
}
SLOTS = defaultdict(
    lambda: str(uuid4()),
    {"org": "acme", "rival": "rival", "reset": "/account/password/reset/key/1-x/"}
    | dict.fromkeys(("open", "revoked", "ended"), "/s/x/")
    | {"leave": "/unsubscribe/x/"},
)


def test_every_page_stands_in_the_table() -> None:
    shown = {name for place in PLACES.values() if (name := name_of(place.path))}
    assert shown.isdisjoint(NO_PAGES)
    assert set(pages()) == shown | NO_PAGES


def name_of(path: str) -> str:
    address = path.format_map(SLOTS).partition("?")[0]
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""
