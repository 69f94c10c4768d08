"""What templates need to know of how it is put together."""

import re

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def own(path: str) -> str:
    """A static file, always from our own origin."""
    return settings.STATIC_PATH + static(path).removeprefix(settings.STATIC_URL)


@register.simple_tag
def icons() -> str:
    """The sprite: a browser takes no `<use>` from any other origin."""
    return own("dist/icons.svg")


@register.filter
def with_code(words: str) -> SafeString:
    """What stands in backticks, as code: the words of the API's description."""
    code = re.sub(r"`([^`]+)`", r'<code dir="ltr">\1</code>', escape(words))
    return mark_safe(code)  # noqa: S308 - escaped above
