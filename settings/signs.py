"""What stands for a document: the picture and the word of its kind, and who can see it."""

from functools import lru_cache
from typing import Final, NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from settings.face import badge, picture

register = template.Library()


class Kind(NamedTuple):
    """A kind of file: of media types that have one of `parts` in them."""

    icon: str
    words: str | Promise
    parts: tuple[str, ...] = ()


OTHER: Final = Kind("file", _("File"))
# The first that fits.
KINDS: Final = (
    Kind("file-text", _("PDF document"), ("application/pdf",)),
    Kind("file-image", _("Image"), ("image/",)),
    Kind("file-spreadsheet", _("Spreadsheet"), ("sheet", "excel", "text/csv")),
    Kind("file-text", _("Text document"), ("word", "opendocument.text", "rtf")),
    Kind("file", _("Presentation"), ("presentation", "powerpoint")),
    Kind("file-archive", _("Archive"), ("zip", "compressed", "x-tar")),
    Kind("file-text", _("Plain text"), ("text/", "application/json", "application/xml")),
)
EXPOSURES: Final = {
    "private": ("lock", ""),
    "team": ("users", ""),
    "organisation": ("building-2", "info"),
    "external": ("globe", "external"),
    "link": ("link", "warning"),
}


@lru_cache(maxsize=256)
def kind_of(media_type: str) -> Kind:
    return next((kind for kind in KINDS if any(part in media_type for part in kind.parts)), OTHER)


@register.simple_tag
def file_kind(*, media_type: str) -> str:
    return str(kind_of(media_type).words)


@register.simple_tag
def file_icon(*, kind: str, media_type: str = "", restricted: bool = False) -> SafeString:
    """Of a folder or document."""
    if kind == "folder":
        return picture(name="folder-lock" if restricted else "folder", size="large", kind="folder")
    return picture(name=kind_of(media_type).icon, size="large", kind="file")


@register.simple_tag
def exposure_badge(*, exposure: str, words: str) -> SafeString:
    icon, style = EXPOSURES[exposure]
    return badge(icon=icon, style=style, words=words)
