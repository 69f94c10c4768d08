"""What members are told of, and in which words. `{node}` is its name, for who may still see it."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Notice(StrEnum):
    ACCESS_GIVEN = "access-given"
    ACCESS_ASKED = "access-asked"
    ACCESS_APPROVED = "access-approved"
    ACCESS_APPROVED_UNTIL = "access-approved-until"
    ACCESS_DECLINED = "access-declined"
    ACCESS_GIVEN_TO_MANY = "access-given-to-many"
    HOME_OPENED = "home-opened"
    TRASH_ENDS = "trash-ends"
    JOB_ENDED = "job-ended"


WORDS: Final[dict[str, str | Promise]] = {
    Notice.ACCESS_GIVEN: _("{actor} gave you access to “{node}”"),
    Notice.ACCESS_ASKED: _("{actor} asks you for access to “{node}”"),
    Notice.ACCESS_APPROVED: _("{actor} approved your request: you have access to “{node}”"),
    Notice.ACCESS_APPROVED_UNTIL: _(
        "{actor} approved your request: you have access to “{node}” until {day}"
    ),
    # Whoever was declined may not learn the name.
    Notice.ACCESS_DECLINED: _("{actor} declined your request for access"),
    Notice.ACCESS_GIVEN_TO_MANY: _("{actor} gave you access to {number} items"),
    Notice.HOME_OPENED: _("{actor} opened your own folder, as an admin of the organisation"),
    Notice.TRASH_ENDS: _("What you threw away goes for good on {day}: “{name}”"),
    Notice.JOB_ENDED: _("{act}: {went} of {total} done, {failed} not"),
}
OF_REQUESTS: Final = frozenset({Notice.ACCESS_ASKED, Notice.ACCESS_DECLINED})  # they lead there
UNSEEN: Final = _("something that you can't see any more")
SOMEBODY: Final = _("Someone who has left")
