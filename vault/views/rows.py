"""What the templates are given: plain values, with the words beside them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tenants.actor import Member
from tenants.models import Policy
from vault.access import Keyring, Place, Role
from vault.flows.browse import Contents, way_to
from vault.flows.reasons import ROLE_WORDS
from vault.flows.star import stars_of
from vault.models import BlobState, Document, Folder
from vault.rights.exposure import Exposure, exposures
from vault.rights.fetching import Held, HeldFolder
from vault.rights.listed import Shown

LISTED_TEAMS = 2
IN_THE_MENU = ("download", "share", "copy", "change")
LEVEL_WORDS = {
    "private": gettext_lazy("Private"),
    "organisation": gettext_lazy("Organisation"),
    "link": gettext_lazy("Open link"),
}


def exposure_words(exposure: Exposure) -> str:
    if exposure.level == "team":
        return crowd_words(exposure)
    if exposure.level == "external":
        return ngettext("%(n)s external", "%(n)s external", exposure.people) % {
            "n": exposure.people
        }
    return str(LEVEL_WORDS[exposure.level])


def crowd_words(exposure: Exposure) -> str:
    teams = ", ".join(exposure.teams[:LISTED_TEAMS])
    people = ngettext("%(n)s person", "%(n)s people", exposure.people) % {"n": exposure.people}
    return " + ".join(part for part in (teams, people if exposure.people else "") if part)


def may_in(role: Role, *, stays: bool = False) -> dict[str, bool]:
    """What a role allows, on what `stays` or not."""
    return {
        "change": role >= Role.EDIT and not stays,
        "copy": role >= Role.READ and not stays,
        "upload": role >= Role.EDIT,
        "create": role >= Role.EDIT,
        "download": role >= Role.READ,
        "share": role >= Role.EDIT,
        "manage": role >= Role.MANAGE,
    }


def may_on(held: Held) -> dict[str, bool]:
    return may_in(held.role, stays=stays(held.node))


def stays(node: Folder | Document) -> bool:
    """The root and homes lie in no folder: nobody moves, renames or copies them."""
    return isinstance(node, Folder) and node.parent_id is None


def role_words(role: Role) -> str:
    return str(ROLE_WORDS[role])


def role_or_none(role: Role) -> str:
    return role_words(role) if role else _("No access")


def role_told(held: Held) -> Role:
    """What the keys give here, where it is told and not acted by: while viewing as another."""
    keyring = held.keyring.uncapped
    if isinstance(held, HeldFolder):
        return keyring.role_in(held.place)
    document = held.document
    return keyring.role_on(document.pk, held.place, restricted=document.restricted)


def steps(keyring: Keyring, place: Place) -> list[dict[str, Any]]:
    return [
        {"id": folder.pk, "name": "" if folder.is_root else folder.name}
        for folder in way_to(keyring, place)
    ]


def whereabouts(held: Held) -> dict[str, Any]:
    """A node, the way to it, and what may be done there: what its pages have in common."""
    node, is_folder = held.node, isinstance(held, HeldFolder)
    return {
        "node": {
            "id": node.pk,
            "name": "" if isinstance(node, Folder) and node.is_root else node.name,
            "kind": "folder" if is_folder else "document",
            "restricted": node.restricted,
            "is_root": isinstance(node, Folder) and node.is_root,
            "is_home": isinstance(node, Folder) and node.home_of_id is not None,
        },
        "breadcrumb": steps(held.keyring, held.place),
        "may": may_on(held),
    }


def folder_facts(folder: Folder) -> dict[str, Any]:
    return {
        "id": folder.pk,
        "name": folder.name,
        "is_root": folder.is_root,
        "restricted": folder.restricted,
    }


def folder_row(folder: Folder, contents: Contents) -> dict[str, Any]:
    exposure, starred = contents.exposures[folder.pk], folder.pk in contents.stars
    return plain_folder_row(folder, contents.role_in(folder), exposure, starred=starred)


def held_rows(folders: Sequence[HeldFolder], stars: Collection[UUID]) -> list[dict[str, Any]]:
    """Of folders from different places: as many queries for one as for a page."""
    shown = exposures([], {held.folder.pk: held.place for held in folders})
    return [
        plain_folder_row(
            held.folder, held.role, shown[held.folder.pk], starred=held.folder.pk in stars
        )
        for held in folders
    ]


def plain_folder_row(
    folder: Folder, role: Role, exposure: Exposure, *, starred: bool
) -> dict[str, Any]:
    may = may_in(role, stays=stays(folder))
    return {
        **identity("folder", folder.pk, folder.name),
        "exposure": exposure.level,
        "exposure_words": exposure_words(exposure),
        "restricted": folder.restricted,
        "changed_at": folder.changed_at,
        "changed_by": str(folder.created_by or ""),
        "starred": starred,
        "may": may,
        "has": what_it_has("folder", may, starred=starred),
    }


def found_rows(actor: Member, documents: Sequence[Shown]) -> list[dict[str, Any]]:
    """Of documents from different places."""
    stars = stars_of(actor, [row.document.pk for row in documents])
    return [
        {**document_row(row, starred=row.document.pk in stars), "where": row.where}
        for row in documents
    ]


def document_row(row: Shown, *, starred: bool) -> dict[str, Any]:
    document, may = row.document, may_in(row.role)
    return {
        **identity("document", document.pk, document.name),
        "media_type": document.media_type,
        "size": document.size,
        "scan": document.scan,
        "restricted": document.restricted,
        "changed_at": document.changed_at,
        "changed_by": document.created_by,
        "exposure": row.exposure.level,
        "exposure_words": exposure_words(row.exposure),
        "starred": starred,
        "may": may,
        "has": what_it_has("document", may, starred=starred),
    }


def identity(kind: str, pk: UUID, name: str) -> dict[str, Any]:
    """With what its tick and its menu are called: in a template that would be slow."""
    return {
        "id": pk,
        "name": name,
        "kind": kind,
        "select_words": _("Select %(name)s") % {"name": name},
        "actions_words": _("Actions for %(name)s") % {"name": name},
    }


def what_it_has(kind: str, may: Mapping[str, bool], *, starred: bool) -> str:
    """By which the one menu of a list becomes this row's: the words that its items need."""
    words = [word for word in IN_THE_MENU if may[word]]
    return " ".join([kind, "starred" if starred else "unstarred", *words])


def document_facts(document: Document) -> dict[str, Any]:
    version = document.current
    if version is None:
        raise LookupError(document.pk)  # a document without a version is never committed
    blob = version.blob
    return {
        "id": document.pk,
        "name": document.name,
        "media_type": blob.media_type,
        "size": blob.size,
        "sha256": bytes(blob.sha256 or b"").hex(),
        "scan": blob.state,
        "scan_words": BlobState(blob.state).label,
        "description": document.description,
        "version": version.number,
        "version_at": version.created_at,
        "version_by": str(version.created_by or ""),
        "created_at": document.created_at,
        "created_by": str(document.created_by or ""),
    }


def upload_limit() -> int:
    return Policy.objects.values_list("max_file_size", flat=True).get()
