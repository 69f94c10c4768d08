"""Why something could not be done, in words, with the code that the API answers."""

from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.errors import Refused


class NameInvalid(Refused):
    code, status, recorded = "name_invalid", 422, False
    title = gettext_lazy("This name can't be used")

    def __init__(self, *, suggestion: str) -> None:
        super().__init__(
            _("Names can't contain / or \\ or end in a dot. Rename to “%(name)s”?")
            % {"name": suggestion}
        )
        self.suggestion = suggestion


class Exists(Refused):
    code, status, recorded = "exists", 409, False
    title = gettext_lazy("The name is taken")

    def __init__(self, name: str, *, document: UUID | None = None) -> None:
        super().__init__(_("There's already a “%(name)s” here.") % {"name": name})
        self.document = document


class LastManager(Refused):
    code, status = "last_manager", 409
    title = gettext_lazy("Somebody has to manage this")

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody would be left who manages it. "
                "Give someone else “Can manage access” first, without an end."
            )
        )


class QuotaExceeded(Refused):
    """Names the level, what is needed and what is left."""

    title = gettext_lazy("There isn't enough room")
    status = 413

    def __init__(self, *, needed: int, left: int, limit: int) -> None:
        super().__init__(self.words(needed, left, limit), needed=needed, left=left)
        self.needed, self.left = needed, left

    def words(self, needed: int, left: int, limit: int) -> str:
        raise NotImplementedError


class OrganisationIsFull(QuotaExceeded):
    code = "quota_org"

    def words(self, needed: int, left: int, limit: int) -> str:
        return _(
            "Your organisation has %(left)s left; this needs %(needed)s. "
            "Free up space or ask an admin."
        ) % {"left": filesizeformat(left), "needed": filesizeformat(needed)}


class PersonIsFull(QuotaExceeded):
    code = "quota_user"

    def words(self, needed: int, left: int, limit: int) -> str:
        return _("Your own limit is %(limit)s; you have %(left)s left.") % {
            "limit": filesizeformat(limit),
            "left": filesizeformat(left),
        }


class TooLarge(Refused):
    code, status = "too_large", 413
    title = gettext_lazy("The file is too large")

    def __init__(self, *, size: int, most: int) -> None:
        super().__init__(
            _("Files can be up to %(most)s. This one is %(size)s.")
            % {"most": filesizeformat(most), "size": filesizeformat(size)},
            size=size,
        )


class LengthRequired(Refused):
    code, status, recorded = "length_required", 411, False
    title = gettext_lazy("The request must say how long it is (Content-Length)")


class TypeBlocked(Refused):
    code, status = "type_blocked", 422
    title = gettext_lazy("This type of file isn't allowed")

    def __init__(self, *, extension: str) -> None:
        words = (
            _(".%(extension)s files aren't allowed here.")
            if extension
            else _("Files without an extension aren't allowed here.")
        )
        super().__init__(words % {"extension": extension}, extension=extension)


class TypeMismatch(Refused):
    code, status = "type_mismatch", 422
    title = gettext_lazy("The name and the content don't agree")

    def __init__(self, *, extension: str, found: str) -> None:
        super().__init__(
            _("The name says %(extension)s, the content is %(found)s.")
            % {"extension": extension.upper(), "found": found},
            found=found,
        )


class TooMany(Refused):
    code, status, recorded = "too_many", 422, False
    title = gettext_lazy("This is too much at once")

    def __init__(self, *, most: int) -> None:
        super().__init__(
            _("Up to %(most)s folders and documents can be taken at once. Please choose fewer.")
            % {"most": most}
        )


class TooManyAsked(Refused):
    code, status, recorded = "too_many_asked", 422, False
    title = gettext_lazy("You are waiting for enough decisions")

    def __init__(self, *, most: int) -> None:
        super().__init__(
            _("Up to %(most)s of your requests can wait at a time. Please wait for an answer.")
            % {"most": most}
        )


class AlreadyDecided(Refused):
    code, status, recorded = "already_decided", 409, False
    title = gettext_lazy("This request was decided already, or has ended")


class Empty(Refused):
    code, status, recorded = "empty", 422, False
    title = gettext_lazy("The file is empty")


class PictureTooLarge(Refused):
    code, status = "picture_too_large", 422
    title = gettext_lazy("The picture has too many pixels")


class PictureBroken(Refused):
    code, status = "picture_broken", 422
    title = gettext_lazy("The picture can't be read: the file may be damaged")


class NoFile(Refused):
    code, status, recorded = "no_file", 422, False
    title = gettext_lazy("No file came with the request")


class Unfinished(Refused):
    """The bytes ended before the file did, or its upload was given up meanwhile."""

    code, status, recorded = "unfinished", 400, False
    title = gettext_lazy("The upload ended too soon. Please send the file again")


class StorageAway(Refused):
    code, status, recorded = "storage_away", 503, False
    title = gettext_lazy("The storage isn't answering. Please try again in a moment")


class NotServed(Refused):
    """A document whose current version has no representation yet, or not any more."""

    code, status, recorded = "not_served", 409, False
    title = gettext_lazy("This document can't be opened yet")
