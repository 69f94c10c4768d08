"""A host that serves people: nothing differs from the base."""

from settings.base import *  # noqa: F403  a settings module is the one before it, and what differs
