"""Folders, documents, and where they stand."""

from collections.abc import Iterable
from typing import ClassVar, Final, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tenants.models import Period, TenantOwned
from tenants.scoping import ScopedManager, ask
from vault.access import NO_WALL, Keyring, Place, Role
from vault.models.among import among, array

LONGEST_DESCRIPTION: Final = 2000  # characters


class FolderQuerySet(models.QuerySet["Folder"]):
    def opened_by(self, keyring: Keyring, role: Role = Role.PREVIEW) -> Self:
        """The folders in which these keys hold at least `role`: the rule, in SQL."""
        if keyring.opens_everything(role):
            return self
        return self.filter(pk__in=reached(keyring.folders_at(role)))


def reached(keys: list[UUID]) -> models.QuerySet["FolderClosure", UUID]:
    """The folders that keys at these folders open: those below, up to the walls."""
    lines = FolderClosure.objects.filter(ancestor_id__in=among(keys), reaches=True)
    return lines.values_list("descendant_id", flat=True)


class LiveManager[M: models.Model](ScopedManager[M]):
    """What isn't in the trash: what everything but the trash itself works with."""

    def get_queryset(self) -> models.QuerySet[M, M]:
        return super().get_queryset().filter(trashed__isnull=True)


class Trashing(TenantOwned):
    """One act of throwing away: what went together comes back together."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=200)  # of the thing, or the first, that was thrown away
    kind = models.CharField(max_length=8, choices=[("folder", "folder"), ("document", "document")])
    node = models.UUIDField()
    things = models.PositiveIntegerField(default=1)  # how many were thrown away by hand
    documents = models.PositiveIntegerField(default=0)  # how many went with them
    warned_at = models.DateTimeField(null=True)  # that it goes for good soon
    purging = models.BooleanField(default=False)  # its bytes are going: nobody gets it back

    class Meta:
        indexes = [models.Index(fields=["tenant", "-at", "id"], name="the_trash_by_time")]

    def __str__(self) -> str:
        return f"{self.name} thrown away at {self.at:%F %T}"


def in_trash() -> "models.ForeignKey[Trashing | None, Trashing | None]":
    return models.ForeignKey(
        Trashing, models.PROTECT, null=True, related_name="+", db_constraint=False
    )


FolderManager = LiveManager.from_queryset(FolderQuerySet)


class Folder(TenantOwned):
    parent = models.ForeignKey(
        "self", models.RESTRICT, null=True, related_name="children", db_constraint=False
    )
    name = models.CharField(max_length=200)
    restricted = models.BooleanField(default=False)  # a wall
    wall_distance = models.PositiveSmallIntegerField(default=NO_WALL)  # derived; see `tree`
    is_root = models.BooleanField(default=False)
    home_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    trashed = in_trash()

    objects: ClassVar["FolderManager[Self]"] = FolderManager()
    with_trash: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(is_root=True), name="one_root_per_tenant"
            ),
            models.UniqueConstraint(
                fields=["tenant", "home_of"],
                condition=Q(home_of__isnull=False),
                name="one_home_per_person",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, is_root=True, home_of__isnull=True)
                | Q(parent__isnull=True, is_root=False, home_of__isnull=False)
                | Q(parent__isnull=False, is_root=False, home_of__isnull=True),
                name="only_roots_and_homes_have_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(restricted=True, wall_distance=0)
                | Q(restricted=False, wall_distance__gt=0),
                name="a_restricted_folder_is_its_own_wall",
            ),
        ]
        indexes = [
            models.Index("tenant", "parent", Lower("name"), "id", name="folders_by_name"),
        ]
        default_permissions = ()
        permissions = [
            ("preview_folder", "Preview what is in the folder"),
            ("read_folder", "Download what is in the folder"),
            ("edit_folder", "Add to and change the folder"),
            ("manage_folder", "Say who may do what in the folder"),
        ]

    def __str__(self) -> str:
        return self.name


class FolderClosure(models.Model):
    """Each folder with each of its ancestors, itself included at distance 0."""

    tenant = models.ForeignKey(
        "tenants.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    ancestor = models.ForeignKey(
        Folder, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    descendant = models.ForeignKey(
        Folder, models.CASCADE, related_name="line", db_constraint=False, db_index=False
    )
    distance = models.PositiveSmallIntegerField()
    reaches = models.BooleanField()  # derived: no wall between; a key up there opens this one

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "descendant", "ancestor"],
                include=["distance", "reaches"],
                name="one_line_between_two_folders",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "ancestor", "descendant"],
                include=["distance", "reaches"],
                name="what_is_beneath",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id} by {self.distance}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def opened_by(self, keyring: Keyring, role: Role = Role.PREVIEW) -> Self:
        """The documents on which these keys hold at least `role`: the rule, in SQL."""
        if keyring.opens_everything(role):
            return self
        return self.filter(
            Q(restricted=False, folder_id__in=reached(keyring.folders_at(role)))
            | Q(pk__in=among(keyring.documents_at(role)))
        )


DocumentManager = LiveManager.from_queryset(DocumentQuerySet)


class Document(TenantOwned):
    folder = models.ForeignKey(
        Folder, models.PROTECT, related_name="documents", db_constraint=False, db_index=False
    )
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True)
    restricted = models.BooleanField(default=False)  # a wall of its own
    current = models.ForeignKey(
        "Version", models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    trashed = in_trash()

    objects: ClassVar["DocumentManager[Self]"] = DocumentManager()
    with_trash: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        indexes = [
            models.Index("tenant", "folder", Lower("name"), "id", name="documents_by_name"),
            # What `vault.rights.listing` walks along.
            models.Index(
                fields=["tenant", "-changed_at", "-id"],
                include=["folder", "restricted"],
                condition=Q(trashed__isnull=True),
                name="all_documents_newest_first",
            ),
            models.Index(
                fields=["tenant", "folder", "-changed_at", "-id"],
                include=["restricted"],
                condition=Q(trashed__isnull=True),
                name="documents_newest_first",
            ),
            models.Index(
                "tenant",
                Lower("name"),
                "id",
                condition=Q(trashed__isnull=True),
                name="all_documents_by_name",
            ),
        ]
        default_permissions = ()
        permissions = [
            ("preview_document", "Preview the document"),
            ("read_document", "Download the document"),
            ("edit_document", "Change the document"),
            ("manage_document", "Say who may do what with the document"),
        ]

    def __str__(self) -> str:
        return self.name


class PlacePeriod(Period):
    """Where a folder or document stood, whether it was a wall, and whether it was in the trash."""

    container_id = models.UUIDField(null=True)
    restricted = models.BooleanField()
    trashing_id = models.UUIDField(null=True)

    class Meta(Period.Meta):
        pass


# In one statement: a folder that is moved in between is seen before or after, never with the way
# up of one place and the wall of the other.
PLACES: Final = """
    SELECT folder.id, folder.wall_distance,
           array_agg(line.ancestor_id ORDER BY line.distance)
    FROM vault_folder folder JOIN vault_folderclosure line ON line.descendant_id = folder.id
    WHERE folder.id = ANY(%(folders)s::uuid[]) GROUP BY folder.id
"""


def place_of(folder_id: UUID) -> Place:
    """One query: the way up from a folder, and its wall; no way for one that isn't there."""
    return places_of([folder_id]).get(folder_id, Place(()))


def places_of(folder_ids: Iterable[UUID]) -> dict[UUID, Place]:
    """One query: the ways up from several folders, and their walls."""
    rows = ask(PLACES, {"folders": array(folder_ids)})
    return {folder: Place(tuple(way), wall) for folder, wall, way in rows}
