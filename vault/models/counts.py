"""How many documents lie in a folder: kept by a trigger, so that a list's length costs no list."""

from typing import ClassVar, Self

from django.db import models

from tenants.scoping import ScopedManager
from vault.models.nodes import Folder


class FolderCount(models.Model):
    """Of the documents lying right in a folder and not in the trash.

    There is none of a folder in which nothing has ever lain. A table of its own, because whoever
    files a document holds the folder's row already: counting there, after the documents, would
    turn the order of the locks around.
    """

    tenant = models.ForeignKey(
        "tenants.Organisation", models.PROTECT, related_name="+", db_index=False
    )
    folder = models.OneToOneField(  # goes with it, in the database
        Folder, models.DO_NOTHING, related_name="count", db_constraint=False, primary_key=True
    )
    documents = models.IntegerField()
    unrestricted = models.IntegerField()  # of them: what the folder's keys open

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "folder"], name="one_count_per_folder"),
        ]

    def __str__(self) -> str:
        return f"{self.documents} in {self.folder_id}"
