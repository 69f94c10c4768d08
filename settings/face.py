"""What templates need to know of how it is put together."""

from django import template
from django.conf import settings
from django.templatetags.static import static

register = template.Library()


@register.simple_tag
def own(path: str) -> str:
    """A static file, always from our own origin."""
    return settings.STATIC_PATH + static(path).removeprefix(settings.STATIC_URL)


@register.simple_tag
def icons() -> str:
    """The sprite: a browser takes no `<use>` from any other origin."""
    return own("dist/icons.svg")
