"""The language and the zone in which a person is spoken to, on pages and in mails."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from accounts.models import User


@contextmanager
def in_the_words_of(person: User | AnonymousUser) -> Iterator[None]:
    """Who chose no language is spoken to in the one that holds already."""
    if not isinstance(person, User):
        with timezone.override(None):
            yield
        return
    language = person.language or translation.get_language()
    with translation.override(language), timezone.override(ZoneInfo(person.zone)):
        yield
