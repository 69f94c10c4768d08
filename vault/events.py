"""What is recorded about files: `source:subject:verb`."""

from enum import StrEnum


class Event(StrEnum):
    FOLDER_CREATED = "vault:folder:created"
    FOLDER_RENAMED = "vault:folder:renamed"
    FOLDER_RESTRICTED = "vault:folder:restricted"
    FOLDER_UNRESTRICTED = "vault:folder:unrestricted"
    DOCUMENT_UPLOADED = "vault:document:uploaded"
    DOCUMENT_REPLACED = "vault:document:replaced"
    DOCUMENT_RENAMED = "vault:document:renamed"
    VERSION_RESTORED = "vault:version:restored"
    DOCUMENT_DOWNLOADED = "vault:document:downloaded"
    DOCUMENT_MOVED = "vault:document:moved"
    FOLDER_MOVED = "vault:folder:moved"
    NODE_TRASHED = "vault:trash:filled"
    NODE_UNTRASHED = "vault:trash:restored"
    NODE_PURGED = "vault:trash:purged"
    DOCUMENT_RESTRICTED = "vault:document:restricted"
    DOCUMENT_UNRESTRICTED = "vault:document:unrestricted"
    ACCESS_GRANTED = "vault:access:granted"
    ACCESS_REVOKED = "vault:access:revoked"
    QUOTA_CHANGED = "vault:quota:changed"
    UPLOAD_SWEPT = "vault:upload:swept"
