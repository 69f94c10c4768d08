"""Many rows at once, for pages and limits that only show with a crowd."""

import random
from collections.abc import Sequence

from vault.access import NO_WALL
from vault.models import Blob, Document, Folder, FolderClosure, Version
from vault.storage.keys import blob_key


def crowd_of(
    folder: Folder, *, folders: int = 0, documents: int = 0, names: Sequence[str] = ()
) -> list[str]:
    """Rows in one folder, made in a shuffled order; answers their names in that of a page."""
    below = [f"Folder {number:03}" for number in range(folders)]
    lying = list(names) or [f"Document {number:03}" for number in range(documents)]
    add_folders(folder, random.sample(below, len(below)))
    add_documents(folder, random.sample(lying, len(lying)))
    return [*(f"{name}/" for name in below), *lying]


def add_folders(parent: Folder, names: Sequence[str]) -> None:
    """As `plant` does it, for a parent that stands behind no wall."""
    assert parent.wall_distance == NO_WALL
    tenant = parent.tenant_id
    made = Folder.objects.bulk_create(
        Folder(tenant_id=tenant, parent=parent, name=name, created_by_id=parent.created_by_id)
        for name in names
    )
    above = list(
        FolderClosure.objects.filter(descendant=parent).values_list("ancestor_id", "distance")
    )
    FolderClosure.objects.bulk_create(
        FolderClosure(tenant_id=tenant, ancestor_id=a, descendant=folder, distance=d, reaches=True)
        for folder in made
        for a, d in [*((ancestor, far + 1) for ancestor, far in above), (folder.pk, 0)]
    )


def add_documents(folder: Folder, names: Sequence[str]) -> list[Document]:
    """Documents whose bytes lie nowhere: enough for every page that shows no content."""
    tenant, owner = folder.tenant_id, folder.created_by_id
    assert owner is not None
    documents = Document.objects.bulk_create(
        Document(tenant_id=tenant, folder=folder, name=name, created_by_id=owner) for name in names
    )
    blobs = [
        Blob(tenant_id=tenant, owner_id=owner, state="unscanned", size=1, sha256=b"\0" * 32)
        for _ in documents
    ]
    for blob in blobs:
        blob.media_type = "application/pdf"
        blob.file.name = blob_key(tenant, owner, blob.pk, at=folder.created_at)
    Blob.objects.bulk_create(blobs)
    versions = Version.objects.bulk_create(
        Version(tenant_id=tenant, document=document, number=1, blob=blob)
        for document, blob in zip(documents, blobs, strict=True)
    )
    for document, version in zip(documents, versions, strict=True):
        document.current = version
    Document.objects.bulk_update(documents, ["current"])
    return documents
