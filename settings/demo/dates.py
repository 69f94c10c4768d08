"""When things lie in their folders since: not all since a minute ago, when the demo was made.

The trail stays as it was written, with the moments at which the acts were done. Only what lists
show of documents and folders follows the versions, to which the filing gave their days.
"""

from django.db.models import Max, Min, OuterRef, Subquery

from vault.models import Document, Folder, FolderClosure, Version


def follow_the_versions() -> None:
    """Documents begin with their first version and changed with their last; folders alike."""
    versions = Version.objects.filter(document=OuterRef("pk")).values("document")
    Document.with_trash.update(
        created_at=Subquery(versions.annotate(at=Min("created_at")).values("at")),
        changed_at=Subquery(versions.annotate(at=Max("created_at")).values("at")),
    )
    for folder in Folder.with_trash.all():
        beneath = FolderClosure.objects.filter(ancestor=folder).values("descendant_id")
        lying = Document.with_trash.filter(folder__in=beneath)
        since = lying.aggregate(first=Min("created_at"), last=Max("changed_at"))
        if since["first"]:
            Folder.with_trash.filter(pk=folder.pk).update(
                created_at=since["first"], changed_at=since["last"]
            )
