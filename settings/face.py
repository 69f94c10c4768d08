"""What templates need to know of how it is put together."""

from django import template
from django.conf import settings
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
def icons() -> str:
    """The sprite, always from our own origin: a browser takes no `<use>` from any other."""
    return settings.STATIC_PATH + static("dist/icons.svg").removeprefix(settings.STATIC_URL)
