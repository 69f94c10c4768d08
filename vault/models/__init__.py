from vault.models.among import among, array
from vault.models.blobs import SERVED, TRANSITIONS, Blob, BlobState, Version
from vault.models.counts import FolderCount
from vault.models.grants import (
    GRANTS,
    LIVE,
    DocumentTeamGrant,
    DocumentUserGrant,
    FolderTeamGrant,
    FolderUserGrant,
    GrantPeriod,
)
from vault.models.jobs import OPEN, BulkAct, Job, JobFailure, JobState
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
from vault.models.requests import AccessRequest, RequestState
from vault.models.usage import Reservation, Usage, UsageEntry

__all__ = [
    "GRANTS",
    "LIVE",
    "OPEN",
    "SERVED",
    "TRANSITIONS",
    "AccessRequest",
    "Blob",
    "BlobState",
    "BulkAct",
    "Document",
    "DocumentTeamGrant",
    "DocumentUserGrant",
    "Folder",
    "FolderClosure",
    "FolderCount",
    "FolderTeamGrant",
    "FolderUserGrant",
    "GrantPeriod",
    "Job",
    "JobFailure",
    "JobState",
    "PlacePeriod",
    "RequestState",
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
