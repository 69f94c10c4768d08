from vault.models.among import among, array
from vault.models.blobs import SERVED, TRANSITIONS, Blob, BlobState, Version
from vault.models.counts import FolderCount
from vault.models.grants import (
    GRANTS,
    DocumentTeamGrant,
    DocumentUserGrant,
    FolderTeamGrant,
    FolderUserGrant,
    GrantPeriod,
)
from vault.models.nodes import (
    Document,
    Folder,
    FolderClosure,
    PlacePeriod,
    Trashing,
    place_of,
    places_of,
)
from vault.models.personal import Star, Visit
from vault.models.usage import Reservation, Usage, UsageEntry

__all__ = [
    "GRANTS",
    "SERVED",
    "TRANSITIONS",
    "Blob",
    "BlobState",
    "Document",
    "DocumentTeamGrant",
    "DocumentUserGrant",
    "Folder",
    "FolderClosure",
    "FolderCount",
    "FolderTeamGrant",
    "FolderUserGrant",
    "GrantPeriod",
    "PlacePeriod",
    "Reservation",
    "Star",
    "Trashing",
    "Usage",
    "UsageEntry",
    "Version",
    "Visit",
    "among",
    "array",
    "place_of",
    "places_of",
]
