"""What a test gives, in order to take it away."""

from uuid import UUID

from sharing.flows.create import Terms, create_link
from sharing.models import Link
from tenants.scoping import scope
from tests.cast import Acme
from vault.access import Role
from vault.flows.grant import Principal, grant_on_document


def give(acme: Acme, to: Principal) -> UUID:
    """A key to the contract; answers the grant's id."""
    with scope(acme.tenant_id):
        grant = grant_on_document(acme.alice, acme.contract.pk, to=to, role=Role.READ)
        return grant.pk


def link_of(acme: Acme) -> Link:
    """Bob's, to the contract."""
    with scope(acme.tenant_id):
        return create_link(acme.bob, acme.contract.pk, terms=Terms())
