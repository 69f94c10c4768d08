"""Keeping the closure and the walls right. Each caller takes the tenant's tree lock first."""

from uuid import UUID

from django.db import connection

from vault.access import NO_WALL
from vault.models.nodes import Folder, FolderClosure


def lock_tree(tenant_id: UUID) -> None:
    """One change of a tenant's tree at a time: a statement of its own, before any read of it.

    Row locks do not do: a folder made beneath one that is moving would keep the old line.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"tree:{tenant_id}"]
        )


def plant(folder: Folder) -> Folder:
    """Save a new folder, with its lines upward and the distance to its wall."""
    parent = folder.parent
    folder.wall_distance = 0 if folder.restricted else below(parent)
    folder.save(force_insert=True)
    upward = (
        FolderClosure.objects.filter(descendant=parent).values_list("ancestor_id", "distance")
        if parent
        else []
    )
    lines = [(ancestor, distance + 1) for ancestor, distance in upward]
    FolderClosure.objects.bulk_create(
        FolderClosure(
            tenant_id=folder.tenant_id,
            ancestor_id=ancestor,
            descendant=folder,
            distance=distance,
            reaches=distance <= folder.wall_distance,
        )
        for ancestor, distance in [*lines, (folder.pk, 0)]
    )
    return folder


def below(parent: Folder | None) -> int:
    if parent is None or parent.wall_distance == NO_WALL:
        return NO_WALL
    return parent.wall_distance + 1


REWALL = """
    UPDATE vault_folder folder SET wall_distance = wall.distance
    FROM (
        SELECT beneath.descendant_id AS id,
               coalesce(min(up.distance) FILTER (WHERE ancestor.restricted), %(no_wall)s)
                   AS distance
        FROM vault_folderclosure beneath
        JOIN vault_folderclosure up
          ON up.tenant_id = beneath.tenant_id AND up.descendant_id = beneath.descendant_id
        JOIN vault_folder ancestor
          ON ancestor.tenant_id = up.tenant_id AND ancestor.id = up.ancestor_id
        WHERE beneath.tenant_id = %(tenant)s AND beneath.ancestor_id = %(folder)s
        GROUP BY 1
    ) wall
    WHERE folder.tenant_id = %(tenant)s AND folder.id = wall.id
      AND folder.wall_distance <> wall.distance
"""
REACH = """
    UPDATE vault_folderclosure line SET reaches = line.distance <= folder.wall_distance
    FROM vault_folderclosure beneath
    JOIN vault_folder folder
      ON folder.tenant_id = beneath.tenant_id AND folder.id = beneath.descendant_id
    WHERE beneath.tenant_id = %(tenant)s AND beneath.ancestor_id = %(folder)s
      AND line.tenant_id = %(tenant)s AND line.descendant_id = folder.id
      AND line.reaches <> (line.distance <= folder.wall_distance)
"""


def rewall(folder: Folder) -> None:
    """Count the walls anew for a folder and all beneath it, and where their lines reach."""
    values: dict[str, UUID | int] = {
        "tenant": folder.tenant_id,
        "folder": folder.pk,
        "no_wall": NO_WALL,
    }
    with connection.cursor() as cursor:
        cursor.execute(REWALL, values)
        cursor.execute(REACH, values)


def set_wall(folder: Folder, restricted: bool) -> None:  # noqa: FBT001  it is what the row says
    """Make a folder a wall, or no wall, and count anew for all beneath it.

    Opening a wall looks for the next one above; so the distances are counted, never guessed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_folder SET restricted = %s, wall_distance = %s WHERE id = %s",
            [restricted, 0 if restricted else NO_WALL, folder.pk],
        )
    rewall(folder)


UPROOT = """
    DELETE FROM vault_folderclosure line
    USING vault_folderclosure beneath, vault_folderclosure above
    WHERE beneath.tenant_id = %(tenant)s AND beneath.ancestor_id = %(folder)s
      AND above.tenant_id = %(tenant)s AND above.descendant_id = %(folder)s AND above.distance > 0
      AND line.tenant_id = %(tenant)s
      AND line.descendant_id = beneath.descendant_id AND line.ancestor_id = above.ancestor_id
"""
REPLANT = """
    INSERT INTO vault_folderclosure (tenant_id, ancestor_id, descendant_id, distance, reaches)
    SELECT %(tenant)s, above.ancestor_id, beneath.descendant_id,
           above.distance + beneath.distance + 1, false
    FROM vault_folderclosure above, vault_folderclosure beneath
    WHERE above.tenant_id = %(tenant)s AND above.descendant_id = %(parent)s
      AND beneath.tenant_id = %(tenant)s AND beneath.ancestor_id = %(folder)s
"""


def is_beneath(folder_id: UUID, above: UUID) -> bool:
    """Whether a folder is another, or lies anywhere beneath it."""
    return FolderClosure.objects.filter(ancestor_id=above, descendant_id=folder_id).exists()


def transplant(folder: Folder, parent: Folder) -> None:
    """Put a folder with all beneath it under another parent: closure and walls with it.

    The caller has seen that the parent does not lie beneath the folder.
    """
    values = {"tenant": folder.tenant_id, "folder": folder.pk, "parent": parent.pk}
    with connection.cursor() as cursor:
        cursor.execute(UPROOT, values)
        cursor.execute(REPLANT, values)
    folder.parent = parent
    folder.save(update_fields=["parent", "changed_at"])
    rewall(folder)
