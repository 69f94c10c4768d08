"""Why a link can't be made, or can't be used."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.errors import Refused


class LinkUnusable(Refused):
    """The holder of a genuine link is told plainly why it leads nowhere."""

    status, recorded = 410, False
    state: ClassVar[str] = ""  # what the page for recipients calls it


class LinkEnded(LinkUnusable):
    code, state = "link_ended", "ended"
    title: ClassVar[str | Promise] = _("This link has ended")


class LinkRevoked(LinkUnusable):
    code, state = "link_revoked", "revoked"
    title: ClassVar[str | Promise] = _("This link was turned off")


class LinkUnavailable(LinkUnusable):
    code, state = "link_unavailable", "unavailable"
    title: ClassVar[str | Promise] = _("The document behind this link isn't available")


class LinkUnknown(Refused):
    """Forged, mistyped, or of a row that is gone: one answer for all of them."""

    code, status, recorded = "not_found", 404, False
    title: ClassVar[str | Promise] = _("There's nothing here")


class LinkTooLong(Refused):
    code, status, recorded = "link_too_long", 422, False
    title: ClassVar[str | Promise] = _("The link would last longer than the organisation allows")
