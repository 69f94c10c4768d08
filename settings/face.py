"""What templates need to know of how it is put together; and the elements with none inside them.

Those are tags and no templates: a list has hundreds of them.
"""

import re
from datetime import datetime
from functools import cache

from django import template
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format, number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
@cache
def own(path: str) -> str:
    """A static file, always from our own origin."""
    return settings.STATIC_PATH + static(path).removeprefix(settings.STATIC_URL)


TURNS = {"chevron-right", "arrow-left", "arrow-right", "log-out"}  # where one reads from the right


@register.simple_tag(name="icon")
@cache
def picture(*, name: str, size: str = "", kind: str = "") -> SafeString:
    """One of the sprite, from our own origin: a browser takes no `<use>` from any other."""
    styles = ["icon", "icon-turns" if name in TURNS else ""]
    styles += [f"icon-{style}" for style in (size, kind) if style]
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        " ".join(filter(None, styles)),
        own("dist/icons.svg"),
        name,
    )


BADGE = '<span class="badge{}">{}<span class="badge-words"><bdi>{}</bdi></span></span>'


@register.simple_tag
def badge(*, words: str, style: str = "", icon: str = "") -> SafeString:
    """In the style of info, success, warning, danger, external or outline."""
    sign = picture(name=icon) if icon else ""
    return format_html(BADGE, f" badge-{style}" if style else "", sign, words)


@register.simple_tag
def shortened(*, name: str) -> SafeString:
    """As much of a name as there is room for, and always its end: files are told by it."""
    return format_html(
        '<span class="name" dir="auto" title="{}">'
        '<span class="name-start">{}</span><span class="name-end">{}</span></span>',
        name,
        name[:-9],
        name[-9:],
    )


@register.simple_tag
def day(*, at: datetime) -> SafeString:
    here = at.astimezone(get_current_timezone())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        here.isoformat(),
        to_the_minute(here),
        format_date(here, get_format("DATE_FORMAT")),
    )


@register.simple_tag
def moment(*, at: datetime) -> SafeString:
    """To the minute, in the reader's zone; scripts put it into the browser's."""
    here = at.astimezone(get_current_timezone())
    return format_html(
        '<time datetime="{}" data-local>{}</time>', here.isoformat(), to_the_minute(here)
    )


def to_the_minute(here: datetime) -> str:
    return format_date(here, get_format("DATETIME_FORMAT") + " T")


@register.simple_tag
def file_size(*, size: int) -> SafeString:
    """Of so many bytes, which the title tells exactly."""
    exactly = ngettext("%(exact)s byte", "%(exact)s bytes", size)
    exact = number_format(size, 0, force_grouping=True)
    return format_html(
        '<span title="{}"><bdi>{}</bdi></span>', exactly % {"exact": exact}, filesizeformat(size)
    )


@register.filter
def with_code(words: str) -> SafeString:
    """What stands in backticks, as code: the words of the API's description."""
    code = re.sub(r"`([^`]+)`", r'<code dir="ltr">\1</code>', escape(words))
    return mark_safe(code)  # noqa: S308 - escaped above
