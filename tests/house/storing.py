"""A storage for what outlives one test: the scenes that are set once for many."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings


@contextmanager
def files_in(root: Path) -> Iterator[None]:
    storages: dict[str, Any] = settings.STORAGES
    vault = {**storages["vault"], "OPTIONS": {"location": root}}
    with override_settings(FILES_ROOT=root, STORAGES={**storages, "vault": vault}):
        yield
