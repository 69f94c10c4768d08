"""How many documents keys open, from the counts on folders: exactly, and by none of their rows."""

from typing import Final
from uuid import UUID

from django.db.models import Sum

from tenants.scoping import ask
from vault.access import Keyring, Role
from vault.models import Document, FolderCount, among, array
from vault.rights import listing

# Documents with keys of their own, but for those that an open folder counts.
OWN: Final = """(
    SELECT count(*) FROM vault_document WHERE id = ANY(%(documents)s::uuid[])
    AND trashed_id IS NULL AND (restricted OR ({opens}) IS NOT TRUE)
)"""
COUNT: Final = f"""
    WITH {listing.OPEN} SELECT CASE WHEN folders < %(many)s THEN (
        SELECT coalesce(sum(
            (SELECT unrestricted FROM vault_foldercount WHERE folder_id = open.id)
        ), 0) FROM (SELECT DISTINCT id FROM open) open
    ) + {OWN.format(opens=listing.IN_OPEN)} END FROM number
"""  # noqa: S608
# With `IS TRUE` the counts of all folders are read, and the open ones kept: a join would ask an
# index for each.
COUNT_BY_KEY: Final = f"""
    SELECT (
        SELECT coalesce(sum(unrestricted), 0) FROM vault_foldercount
        WHERE (folder_id IN ({listing.REACHED})) IS TRUE
    ) + {OWN.format(opens=f"folder_id IN ({listing.REACHED})")}
"""  # noqa: S608


def count_in(keyring: Keyring, folder_id: UUID) -> int:
    """Of those that lie right in a folder that these keys open."""
    here = FolderCount.objects.filter(folder=folder_id).first()
    if here is None:
        return 0
    if keyring.opens_everything(Role.PREVIEW):
        return here.documents
    own = among(keyring.documents_at(Role.PREVIEW))
    walled = Document.objects.filter(folder=folder_id, restricted=True, pk__in=own)
    return here.unrestricted + walled.count()


def count(keyring: Keyring) -> int:
    """Of all that there are, wherever they lie."""
    if keyring.opens_everything(Role.PREVIEW):
        return FolderCount.objects.aggregate(all=Sum("documents"))["all"] or 0
    values = {
        "folders": array(keyring.folders_at(Role.PREVIEW)),
        "documents": array(keyring.documents_at(Role.PREVIEW)),
        "many": listing.MANY,
    }
    ((found,),) = ask(COUNT, values)
    if found is None:
        ((found,),) = ask(COUNT_BY_KEY, values)
    return int(found)
