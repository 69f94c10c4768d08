"""What is recorded about files: `source:subject:verb`, and the sentence that tells it."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
    DOCUMENT_DESCRIBED = "vault:document:described"
    DOCUMENT_COPIED = "vault:document:copied"
    FOLDER_COPIED = "vault:folder:copied"
    HOME_OPENED = "vault:home:opened"
    DOCUMENT_MOVED = "vault:document:moved"
    FOLDER_MOVED = "vault:folder:moved"
    NODE_TRASHED = "vault:trash:filled"
    NODE_UNTRASHED = "vault:trash:restored"
    NODE_PURGED = "vault:trash:purged"
    BULK_ASKED = "vault:bulk:asked"
    BULK_STOPPED = "vault:bulk:stopped"
    DOCUMENT_RESTRICTED = "vault:document:restricted"
    DOCUMENT_UNRESTRICTED = "vault:document:unrestricted"
    ACCESS_GRANTED = "vault:access:granted"
    ACCESS_REVOKED = "vault:access:revoked"
    ACCESS_ASKED = "vault:access:asked"
    ACCESS_APPROVED = "vault:access:approved"
    ACCESS_DECLINED = "vault:access:declined"
    QUOTA_CHANGED = "vault:quota:changed"
    UPLOAD_SWEPT = "vault:upload:swept"
    TRAIL_VERIFIED = "vault:trail:verified"
    TRAIL_EXPORTED = "vault:trail:exported"


SENTENCES: Final[dict[str, str | Promise]] = {
    Event.FOLDER_CREATED: _("{actor} created the folder “{name}”"),
    Event.FOLDER_RENAMED: _("{actor} renamed the folder “{before}” to “{after}”"),
    Event.FOLDER_RESTRICTED: _("{actor} restricted the folder “{node}”"),
    Event.FOLDER_UNRESTRICTED: _("{actor} lifted the restriction of the folder “{node}”"),
    Event.FOLDER_MOVED: _("{actor} moved the folder “{node}” from “{source}” to “{target}”"),
    Event.FOLDER_COPIED: _("{actor} copied the folder “{source}” as “{name}”"),
    Event.HOME_OPENED: _("{actor} opened the own folder of “{node}”"),
    Event.DOCUMENT_UPLOADED: _("{actor} filed “{name}”"),
    Event.DOCUMENT_REPLACED: _("{actor} filed version {version} of “{name}”"),
    Event.DOCUMENT_RENAMED: _("{actor} renamed “{before}” to “{after}”"),
    Event.DOCUMENT_DESCRIBED: _("{actor} changed the description of “{node}”"),
    Event.DOCUMENT_COPIED: _("{actor} made “{name}”, a copy of “{source}”"),
    Event.DOCUMENT_MOVED: _("{actor} moved “{node}” from “{source}” to “{target}”"),
    Event.DOCUMENT_DOWNLOADED: _("{actor} opened version {version} of “{node}”"),
    Event.DOCUMENT_RESTRICTED: _("{actor} restricted “{node}”"),
    Event.DOCUMENT_UNRESTRICTED: _("{actor} lifted the restriction of “{node}”"),
    Event.VERSION_RESTORED: _("{actor} restored “{node}” as version {version}"),
    Event.NODE_TRASHED: _("{actor} moved “{name}” to the trash"),
    Event.NODE_UNTRASHED: _("{actor} restored “{name}” from the trash"),
    Event.NODE_PURGED: _("{actor} deleted “{name}” for good"),
    Event.BULK_ASKED: _("{actor} asked for an act on {number} items: {act}"),
    Event.BULK_STOPPED: _("{actor} stopped an act after {done} of {number} items: {act}"),
    Event.ACCESS_GRANTED: _("{actor} gave {who} access to “{node}”: {role}"),
    Event.ACCESS_REVOKED: _("{actor} took from {who} the access to “{node}”: {role}"),
    Event.ACCESS_ASKED: _("{actor} asked for access to “{target}”: {role}"),
    Event.ACCESS_APPROVED: _("{actor} approved what {who} asked for “{target}”: {role}"),
    Event.ACCESS_DECLINED: _("{actor} declined what {who} asked for “{target}”: {role}"),
    Event.QUOTA_CHANGED: _("{actor} changed the storage limit from {before} to {after}"),
    Event.TRAIL_VERIFIED: _("{actor} checked the trail: {state} up to event {seq}"),
    Event.TRAIL_EXPORTED: _("{actor} exported {events} events of the trail"),
    Event.UPLOAD_SWEPT: _("{actor} ended an upload that was left behind"),
}
