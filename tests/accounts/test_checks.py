import pytest
from pytest_django import Settings

from accounts import checks

BAD = [
    ("SESSION_ENGINE", "django.contrib.sessions.backends.db", checks.sessions_are_ours),
    ("CACHES", {"default": {"BACKEND": "x.LocMem"}}, checks.limits_are_shared),
    ("PASSWORD_HASHERS", ["x.MD5"], checks.passwords_are_hashed_well),
    ("ACCOUNT_ADAPTER", "x.Adapter", checks.accounts_go_through_our_adapter),
]


@pytest.mark.parametrize(("name", "value", "check"), BAD, ids=[bad[0] for bad in BAD])
def test_it_refuses_settings_that_break_a_promise(
    settings: Settings, name: str, value: object, check: type
) -> None:
    settings.STRONGROOM_DEVELOPMENT = False
    settings.PASSWORD_HASHERS = [checks.ARGON2]
    assert check(None) == []
    # CACHES itself must stay usable, so the setting is replaced by name only.
    setattr(settings, name, value)
    assert [error.id[:9] for error in check(None)] == ["accounts."]
