"""What templates need to know of how it is put together."""

import re
from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
@cache
def own(path: str) -> str:
    """A static file, always from our own origin."""
    return settings.STATIC_PATH + static(path).removeprefix(settings.STATIC_URL)


TURNS = {"chevron-right", "arrow-left", "arrow-right", "log-out"}  # where one reads from the right


@register.simple_tag
def icon(*, name: str, size: str = "", kind: str = "") -> SafeString:
    """One of the sprite's pictures. A tag and no element: a list has hundreds of them.

    From our own origin: a browser takes no `<use>` from any other.
    """
    styles = ["icon", "icon-turns" if name in TURNS else ""]
    styles += [f"icon-{style}" for style in (size, kind) if style]
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        " ".join(filter(None, styles)),
        own("dist/icons.svg"),
        name,
    )


@register.filter
def with_code(words: str) -> SafeString:
    """What stands in backticks, as code: the words of the API's description."""
    code = re.sub(r"`([^`]+)`", r'<code dir="ltr">\1</code>', escape(words))
    return mark_safe(code)  # noqa: S308 - escaped above
