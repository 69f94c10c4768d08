"""What must hold of the settings, or the promises of this app do not."""

from collections.abc import Sequence
from typing import Any, Final

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

ARGON2: Final = "django.contrib.auth.hashers.Argon2PasswordHasher"


def sessions_are_ours(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    if settings.SESSION_ENGINE == "accounts.sessions":
        return []
    return [Error("SESSION_ENGINE must be accounts.sessions", id="accounts.E001")]


def limits_are_shared(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    if settings.CACHES["default"]["BACKEND"] == "accounts.cache.CounterCache":
        return []
    hint = "A cache of one process would let each process count its own guesses."
    return [Error("CACHES must hold the counters", hint=hint, id="accounts.E002")]


def passwords_are_hashed_well(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    if settings.STRONGROOM_DEVELOPMENT or settings.PASSWORD_HASHERS[0] == ARGON2:
        return []
    return [Error("PASSWORD_HASHERS must begin with Argon2", id="accounts.E003")]


def accounts_go_through_our_adapter(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[CheckMessage]:
    if settings.ACCOUNT_ADAPTER == "accounts.adapter.AccountAdapter":
        return []
    return [Error("ACCOUNT_ADAPTER must be accounts.adapter.AccountAdapter", id="accounts.E004")]
