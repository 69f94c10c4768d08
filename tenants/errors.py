"""Refusals: what a person is told, with the code that the API answers."""

from typing import ClassVar
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A request that was understood and is not granted; whatever it changed is rolled back."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 403
    title: ClassVar[str | Promise] = _("This isn't possible")
    recorded: ClassVar[bool] = True  # refusals of a right or a limit are; plain mistakes are not
    page: ClassVar[str] = "refused.html"

    def __init__(
        self, detail: str = "", *, subject: tuple[str, UUID] | None = None, **facts: object
    ) -> None:
        super().__init__(detail)
        self.detail, self.subject, self.facts = detail, subject, facts


class NotFound(Refused):
    """What does not exist, and what the actor may not see: the same answer."""

    code, status, recorded = "not_found", 404, False
    title = _("There's nothing here")


class TooWeak(Refused):
    code, status = "no_permission", 403
    title = _("You don't have the right to do this")


class ViewingAs(Refused):
    """While somebody views as another, only what was chosen for it is shown."""

    code, status, recorded = "viewing_as", 403, False
    title = _("You are viewing as somebody else")
    page = "tenants/viewing_refused.html"


class NotSignedIn(Refused):
    code, status, recorded = "unauthenticated", 401, False
    title = _("A valid token is needed")


class Suspended(Refused):
    code, status, recorded = "suspended", 403, False
    title = _("This organisation is suspended")


class Invalid(Refused):
    """A field that can't be taken as it is."""

    code, status, recorded = "invalid", 422, False
    title = _("Something in the request isn't right")


class LastOwner(Refused):
    code, status, recorded = "last_owner", 409, False
    title = _("An organisation needs an owner. Make someone else an owner first")


class SlugTaken(Refused):
    code, status, recorded = "slug_taken", 409, False
    title = _("This address is taken")


class AlreadyMember(Refused):
    code, status, recorded = "already_member", 409, False
    title = _("This person is a member already")


class TeamTaken(Refused):
    code, status, recorded = "team_taken", 409, False
    title = _("There's a team of this name already")
