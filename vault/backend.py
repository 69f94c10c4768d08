"""`user.has_perm("vault.read_document", document)`, answered by the keyring."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts.models import User
from tenants.actor import member_of
from tenants.models import Membership
from tenants.scoping import scope
from vault.access import Role
from vault.models import Document, Folder, place_of
from vault.rights.keyrings import keyring_of, role_on_document


class KeyringBackend(BaseBackend):
    """The only backend that knows rights on rows. It signs nobody in."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(obj, Folder | Document) or not isinstance(user_obj, User):
            return set()
        if not user_obj.is_active:
            return set()
        kind = type(obj).__name__.lower()
        role = role_on(user_obj, obj)
        return {f"vault.{r.word}_{kind}" for r in Role if Role.NONE < r <= role}

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)


def role_on(user: User, node: Folder | Document) -> Role:
    with scope(node.tenant_id):
        seat = Membership.objects.filter(user=user).first()
        if seat is None:
            return Role.NONE
        if isinstance(node, Document):
            return role_on_document(member_of(seat), node.pk)
        return keyring_of(member_of(seat)).role_in(place_of(node.pk))
