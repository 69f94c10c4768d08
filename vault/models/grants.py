"""Keys, kept in guardian's direct-foreign-key models: one row for a principal and a node.

The row's permission is the strongest role that was given; the rule adds the weaker ones. Only
the grant flow writes here; guardian's own reading is not used, because it knows neither walls,
folders nor expiry.
"""

from functools import cache
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.ids import uuid7
from tenants.models import Organisation, Period
from tenants.scoping import ScopedManager
from vault.access import Role
from vault.models.nodes import Document, Folder

LIVE = "(expires_at IS NULL OR expires_at > %(now)s)"  # a key, in SQL


class GrantFacts(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.role.word} on {self.content_object_id}"  # type: ignore[attr-defined]

    @property
    def role(self) -> Role:
        return roles_by_permission()[self.permission_id]  # type: ignore[attr-defined]


def to_person() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )


def to_team() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(Group, models.CASCADE, related_name="+", db_constraint=False)


def on(node: type[models.Model], related_name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(node, models.CASCADE, related_name=related_name, db_constraint=False)


def unique_in_tenant(principal: str, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["tenant", principal, "content_object"], name=name)


class FolderUserGrant(GrantFacts, UserObjectPermissionBase):  # type: ignore[misc]
    user = to_person()
    content_object = on(Folder, "user_grants")

    class Meta:
        constraints = [unique_in_tenant("user", "one_key_per_person_and_folder")]


class FolderTeamGrant(GrantFacts, GroupObjectPermissionBase):  # type: ignore[misc]
    group = to_team()
    content_object = on(Folder, "team_grants")

    class Meta:
        constraints = [unique_in_tenant("group", "one_key_per_team_and_folder")]


class DocumentUserGrant(GrantFacts, UserObjectPermissionBase):  # type: ignore[misc]
    user = to_person()
    content_object = on(Document, "user_grants")

    class Meta:
        constraints = [unique_in_tenant("user", "one_key_per_person_and_document")]


class DocumentTeamGrant(GrantFacts, GroupObjectPermissionBase):  # type: ignore[misc]
    group = to_team()
    content_object = on(Document, "team_grants")

    class Meta:
        constraints = [unique_in_tenant("group", "one_key_per_team_and_document")]


GRANTS = (FolderUserGrant, FolderTeamGrant, DocumentUserGrant, DocumentTeamGrant)


class GrantPeriod(Period):
    node_id = models.UUIDField()
    user_id = models.UUIDField(null=True)
    group_id = models.IntegerField(null=True)
    permission_id = models.IntegerField()
    granted_by_id = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta(Period.Meta):
        indexes = [
            *Period.Meta.indexes,
            models.Index(fields=["tenant", "node_id", "valid_from"], name="keys_to_a_node"),
        ]


@cache
def roles_by_permission() -> dict[int, Role]:
    """guardian's permissions are our roles. Their ids are settled when the database is made."""
    found = Permission.objects.filter(
        content_type__app_label="vault", content_type__model__in=["folder", "document"]
    ).values_list("pk", "codename")
    return {pk: Role.from_word(codename.partition("_")[0]) for pk, codename in found}


@cache
def permission_for(model: str, role: Role) -> int:
    """The permission that means `role` on "folder" or "document"."""
    return Permission.objects.values_list("pk", flat=True).get(
        content_type__app_label="vault", codename=f"{role.word}_{model}"
    )
