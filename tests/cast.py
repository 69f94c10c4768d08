"""The cast: at acme, Alice owns, Bob edits, Carol reads, Dan sees nothing. Mallory is a rival's.

Dan is a guest: a member without a key. Mallory owns the rival organisation, with all rights there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client

from accounts.flows.open_account import open_account
from accounts.models import User
from tenants.actor import Member, member_of
from tenants.models import MembershipRole
from tenants.scoping import scope
from tests.factories import put, unique
from vault.access import Role
from vault.flows.folders import create_folder, root_of
from vault.flows.founding import found_organisation, join_organisation
from vault.flows.grant import Principal, grant_on_folder
from vault.models import Document, Folder
from vault.names import DisplayName

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Acme:
    slug: str
    tenant_id: UUID
    alice: Member
    bob: Member
    carol: Member
    dan: Member
    root: Folder
    folder: Folder  # "Invoices": Bob edits, Carol reads
    contract: Document


@dataclass(frozen=True, slots=True)
class Rival:
    slug: str
    tenant_id: UUID
    mallory: Member
    root: Folder


def account(name: str) -> User:
    email = f"{unique(name)}@{name}.example"
    return open_account(email, name=name.capitalize(), password=PASSWORD)


def member(owner: Member, name: str, role: MembershipRole = MembershipRole.MEMBER) -> Member:
    return member_of(join_organisation(owner, account(name), role))


def found_acme(*, limit: int | None = None) -> Acme:
    slug = unique("acme")
    alice = found_organisation(slug, name="Acme Ltd", owner=account("alice"), limit=limit)
    with scope(alice.tenant_id):
        bob, carol = member(alice, "bob"), member(alice, "carol")
        dan = member(alice, "dan", MembershipRole.GUEST)
        root = root_of(alice)
        folder = create_folder(alice, root.pk, name=DisplayName("Invoices"))
        grant_on_folder(alice, folder.pk, to=Principal("user", bob.user_id), role=Role.EDIT)
    contract = put(alice, folder.pk)
    return Acme(slug, alice.tenant_id, alice, bob, carol, dan, root, folder, contract)


def found_rival() -> Rival:
    slug = unique("rival")
    mallory = found_organisation(slug, name="Rival Ltd", owner=account("mallory"))
    with scope(mallory.tenant_id):
        return Rival(slug, mallory.tenant_id, mallory, root_of(mallory))


def signed_in(actor: Member) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=actor.user_id), "allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def acme(db: None) -> Acme:
    return found_acme()


@pytest.fixture
def rival(db: None) -> Rival:
    return found_rival()


@pytest.fixture
def in_acme(acme: Acme) -> Iterator[Acme]:
    with scope(acme.tenant_id):
        yield acme


@pytest.fixture
def alice(acme: Acme) -> Member:
    return acme.alice


@pytest.fixture
def bob(acme: Acme) -> Member:
    return acme.bob


@pytest.fixture
def carol(acme: Acme) -> Member:
    return acme.carol


@pytest.fixture
def dan(acme: Acme) -> Member:
    return acme.dan


@pytest.fixture
def mallory(rival: Rival) -> Member:
    return rival.mallory


@pytest.fixture
def contract(acme: Acme) -> Document:
    return acme.contract
