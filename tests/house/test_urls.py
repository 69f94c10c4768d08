"""Every address of the product, and whom it is for. A new one stands here, or this fails."""

from typing import Final

import pytest

from tests.house.doors import API, Door, doors, operations, pages

# public        anyone at all
# link          whoever holds a token in the address
# development   anyone, and there in development alone
# account       whoever is signed in
# seat          whoever has a seat in the organisation, with or without a key
# member        a member of the organisation who holds any role on what the address names;
#               reader, editor, manager: that role; admin: of the organisation
# oneself       whom it is about, or an admin
# asker         whoever asked for it
# colleague     a member who is no guest: guests see no directory
PAGES: Final = {
    "healthz": "public",
    "api-description": "public",
    "api-docs": "public",
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_signup": "public",
    "account_email_verification_sent": "public",
    "account_confirm_email": "public",
    "account_confirm_login_code": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key": "public",
    "account_reset_password_from_key_done": "public",
    "account_reauthenticate": "account",
    "account_email": "account",
    "account_change_password": "account",
    "account_set_password": "account",
    "accounts:unsent": "account",
    "accounts:profile": "account",
    "accounts:mails": "development",
    "tenants:home": "account",
    "tenants:view-as": "admin",
    "tenants:end-viewing": "seat",
    "vault:enter": "member",
    "vault:files": "member",
    "vault:folder": "member",
    "vault:search": "seat",
    "vault:trash": "seat",
    "vault:restore": "editor",
    "vault:purge": "admin",
    "vault:rename-folder": "editor",
    "vault:move-folder": "editor",
    "vault:trash-folder": "editor",
    "vault:rename-document": "editor",
    "vault:move-document": "editor",
    "vault:trash-document": "editor",
    "vault:versions": "member",
    "vault:version-content": "reader",
    "vault:restore-version": "editor",
    "vault:copy-folder": "reader",
    "vault:copy-document": "reader",
    "vault:star-folder": "member",
    "vault:star-document": "member",
    "vault:describe-document": "editor",
    "vault:activity": "editor",
    "vault:all": "seat",
    "vault:recent": "seat",
    "vault:starred": "seat",
    "vault:shared": "seat",
    "vault:columns": "seat",
    "vault:news": "seat",
    "vault:mails": "seat",
    "vault:trash-several": "editor",
    "vault:members": "admin",
    "vault:my-access": "seat",
    "vault:member-access": "oneself",
    "vault:teams": "admin",
    "vault:new-team": "admin",
    "vault:team": "admin",
    "vault:rename-team": "admin",
    "vault:delete-team": "admin",
    "vault:add-to-team": "admin",
    "vault:remove-from-team": "admin",
    "vault:bulk-move": "editor",
    "vault:bulk-grant": "manager",
    "vault:jobs": "seat",
    "vault:job": "asker",
    "vault:stop-job": "asker",
    "vault:trail": "admin",
    "vault:check-trail": "admin",
    "vault:export-trail": "admin",
    "vault:unsubscribe": "link",
    "vault:new-folder": "editor",
    "vault:upload": "editor",
    "vault:ask-folder": "seat",
    "vault:ask-document": "seat",
    "vault:requests": "seat",
    "vault:approve-request": "manager",
    "vault:decline-request": "manager",
    "vault:folder-access": "editor",
    "vault:change-folder-access": "manager",
    "vault:folder-wall": "manager",
    "vault:document": "member",
    "vault:content": "reader",
    "vault:document-access": "editor",
    "vault:change-document-access": "manager",
    "vault:document-wall": "manager",
    "sharing:links": "editor",
    "sharing:revoke-link": "editor",
    "sharing:recipient": "link",
    "sharing:download": "link",
    "sharing:content": "link",
}
# All of these ask for a token of the API; through it, the same people as above.
HERE: Final = "/api/v1/o/{org}"
OPERATIONS: Final = {
    "GET /api/v1/me": "account",
    f"GET {HERE}": "member",
    f"GET {HERE}/usage": "member",
    f"GET {HERE}/members": "colleague",
    f"DELETE {HERE}/members/{{membership_id}}": "oneself",
    f"GET {HERE}/members/{{membership_id}}/access": "oneself",
    f"GET {HERE}/members/{{membership_id}}/documents": "oneself",
    f"GET {HERE}/teams": "colleague",
    f"POST {HERE}/teams": "admin",
    f"PATCH {HERE}/teams/{{team_id}}": "admin",
    f"DELETE {HERE}/teams/{{team_id}}": "admin",
    f"GET {HERE}/teams/{{team_id}}/members": "admin",
    f"PUT {HERE}/teams/{{team_id}}/members/{{membership_id}}": "admin",
    f"DELETE {HERE}/teams/{{team_id}}/members/{{membership_id}}": "admin",
    f"GET {HERE}/teams/{{team_id}}/access": "admin",
    f"POST {HERE}/folders": "editor",
    f"GET {HERE}/folders/{{folder_id}}": "member",
    f"PATCH {HERE}/folders/{{folder_id}}": "editor",
    f"GET {HERE}/folders/{{folder_id}}/children": "member",
    f"POST {HERE}/folders/{{folder_id}}/documents": "editor",
    f"GET {HERE}/folders/{{folder_id}}/grants": "editor",
    f"POST {HERE}/folders/{{folder_id}}/grants": "manager",
    f"PATCH {HERE}/folders/{{folder_id}}/grants": "manager",
    f"GET {HERE}/folders/{{folder_id}}/access": "editor",
    f"PUT {HERE}/folders/{{folder_id}}/wall": "manager",
    f"DELETE {HERE}/folders/{{folder_id}}/wall": "manager",
    f"DELETE {HERE}/folders/{{folder_id}}": "editor",
    f"POST {HERE}/folders/{{folder_id}}/restoration": "editor",
    f"GET {HERE}/documents": "member",
    f"DELETE {HERE}/documents/{{document_id}}": "editor",
    f"POST {HERE}/documents/{{document_id}}/restoration": "editor",
    f"GET {HERE}/documents/{{document_id}}/versions": "member",
    f"POST {HERE}/documents/{{document_id}}/versions": "editor",
    f"POST {HERE}/documents/{{document_id}}/versions/{{number}}/restoration": "editor",
    f"GET {HERE}/documents/{{document_id}}/versions/{{number}}/content": "reader",
    f"HEAD {HERE}/documents/{{document_id}}/versions/{{number}}/content": "reader",
    f"POST {HERE}/folders/{{folder_id}}/copies": "editor",
    f"POST {HERE}/documents/{{document_id}}/copies": "editor",
    f"PUT {HERE}/folders/{{folder_id}}/star": "member",
    f"DELETE {HERE}/folders/{{folder_id}}/star": "member",
    f"PUT {HERE}/documents/{{document_id}}/star": "member",
    f"DELETE {HERE}/documents/{{document_id}}/star": "member",
    f"GET {HERE}/documents/{{document_id}}/activity": "editor",
    f"GET {HERE}/trash": "seat",
    f"POST {HERE}/trash/{{trashing_id}}/restoration": "editor",
    f"DELETE {HERE}/trash/{{trashing_id}}": "admin",
    f"POST {HERE}/bulk": "editor",
    f"GET {HERE}/jobs": "seat",
    f"GET {HERE}/jobs/{{job_id}}": "asker",
    f"DELETE {HERE}/jobs/{{job_id}}": "asker",
    f"GET {HERE}/shared": "seat",
    f"GET {HERE}/notifications": "seat",
    f"GET {HERE}/audit": "admin",
    f"GET {HERE}/documents/{{document_id}}": "member",
    f"PATCH {HERE}/documents/{{document_id}}": "editor",
    f"GET {HERE}/documents/{{document_id}}/content": "reader",
    f"HEAD {HERE}/documents/{{document_id}}/content": "reader",
    f"GET {HERE}/documents/{{document_id}}/grants": "editor",
    f"POST {HERE}/documents/{{document_id}}/grants": "manager",
    f"PATCH {HERE}/documents/{{document_id}}/grants": "manager",
    f"GET {HERE}/documents/{{document_id}}/access": "editor",
    f"PUT {HERE}/documents/{{document_id}}/wall": "manager",
    f"DELETE {HERE}/documents/{{document_id}}/wall": "manager",
    f"GET {HERE}/documents/{{document_id}}/links": "editor",
    f"POST {HERE}/documents/{{document_id}}/links": "editor",
    f"GET {HERE}/links/{{link_id}}": "editor",
    f"DELETE {HERE}/links/{{link_id}}": "editor",
    f"DELETE {HERE}/grants/{{grant_id}}": "manager",
    f"POST {HERE}/folders/{{folder_id}}/access-requests": "seat",
    f"POST {HERE}/documents/{{document_id}}/access-requests": "seat",
    f"GET {HERE}/access-requests": "seat",
    f"POST {HERE}/access-requests/{{request_id}}/approval": "manager",
    f"POST {HERE}/access-requests/{{request_id}}/refusal": "manager",
}
NO_LOGIN: Final = {"public", "link", "development"}


def test_every_page_stands_in_the_table() -> None:
    assert set(pages()) == set(PAGES)


def test_every_operation_of_the_api_stands_in_the_table() -> None:
    assert operations() == set(OPERATIONS)


def test_two_pages_never_share_a_name() -> None:
    names = [door.name for door in doors() if door.name.partition(":")[0] not in API]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("door", doors(), ids=lambda door: f"{door.name} {door.address}")
def test_only_public_doors_and_those_that_take_a_token_skip_the_login(door: Door) -> None:
    asks_for_a_token = door.name.partition(":")[0] in API
    assert door.skips_login == (asks_for_a_token or PAGES[door.name] in NO_LOGIN)


def test_what_belongs_to_an_organisation_names_it_in_its_address() -> None:
    """The tenant middleware knows it by that parameter, and opens no scope without."""
    outside = {"public", "link", "development", "account"}
    inside = {name for name, kind in PAGES.items() if kind not in outside}
    assert {name for name, address in pages().items() if "{org}" in address} == inside
