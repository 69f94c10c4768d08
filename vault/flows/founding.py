"""An organisation gets its rooms: a root that everyone may read, and a home for each member."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tenants.actor import Member
from tenants.flows.found import found
from tenants.flows.join import join
from tenants.models import Membership, MembershipRole, Team
from tenants.scoping import scope
from vault.access import Role
from vault.models import Folder, FolderTeamGrant
from vault.models.grants import permission_for
from vault.models.tree import lock_tree, plant
from vault.names import DisplayName
from vault.quota import set_limit
from vault.rights.writing import give_person


@transaction.atomic
def found_organisation(slug: str, *, name: str, owner: User, limit: int | None = None) -> Member:
    """Raises what `tenants.flows.found` raises."""
    actor = found(slug, name=name, owner=owner)
    with scope(actor.tenant_id):
        set_limit(actor.tenant_id, None, limit)
        make_root(actor, name)
        make_home(actor.tenant_id, owner)
    return actor


@transaction.atomic
def join_organisation(actor: Member, user: User, role: MembershipRole) -> Membership:
    """Raises what `tenants.flows.join` raises."""
    membership = join(actor, user, role)
    if role != MembershipRole.GUEST:
        make_home(actor.tenant_id, user)
    return membership


def make_root(actor: Member, name: str) -> Folder:
    lock_tree(actor.tenant_id)
    root = plant(
        Folder(
            tenant_id=actor.tenant_id,
            name=DisplayName.nearest(name),
            is_root=True,
            created_by_id=actor.user_id,
        )
    )
    # A grant like any other: it can be taken back.
    FolderTeamGrant.objects.create(
        tenant_id=actor.tenant_id,
        group=Team.objects.get(is_everyone=True).group,
        content_object=root,
        permission_id=permission_for("folder", Role.READ),
        granted_by_id=actor.user_id,
        granted_at=timezone.now(),
    )
    return root


def make_home(tenant_id: UUID, user: User) -> Folder:
    """A folder behind a wall of its own. Who comes back finds the one that they had."""
    lock_tree(tenant_id)
    home = Folder.objects.filter(home_of=user).first() or plant(
        Folder(
            tenant_id=tenant_id,
            name=DisplayName.nearest(str(user)),
            home_of=user,
            restricted=True,
            created_by=user,
        )
    )
    give_person(home, user.pk, Role.MANAGE, by=user.pk)
    return home
