"""What must hold before anyone is served, and that it is asked of PostgreSQL itself."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.db import connection
from pytest_django import Settings

from settings.stack.postgres import Role
from tenants.checks import keys_are_long, the_role_is_bound, the_tenant_stands_last
from tests.services import postgres


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


@contextmanager
def connected_as(role: Role | None = None, **who: str) -> Iterator[None]:
    """Meanwhile, this process is somebody else in PostgreSQL."""
    before = {**connection.settings_dict}
    if role:
        postgres.connect_as(role)
    else:
        change_to(who)
    try:
        yield
    finally:
        change_to(before)


def change_to(settings: Mapping[str, Any]) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one
    connection.settings_dict.update(settings)


def bound() -> list[str | None]:
    return ids(the_role_is_bound(databases=["default"]))


def test_the_application_is_bound(db: None) -> None:
    assert bound() == []


def test_the_owner_is_refused(committed: None) -> None:
    with connected_as("owner"):
        assert bound() == ["tenants.E003", "tenants.E004"]


def test_the_role_for_backups_is_refused(committed: None) -> None:
    with connected_as("backup"):
        assert bound() == ["tenants.E002"]


def test_a_superuser_is_refused(committed: None) -> None:
    with connected_as(USER=postgres.cluster().account.name, PASSWORD=""):
        assert bound() == ["tenants.E001", "tenants.E002", "tenants.E004"]


def test_nothing_is_asked_where_no_database_is_checked(db: None) -> None:
    assert the_role_is_bound() == the_role_is_bound(databases=["other"]) == []


def test_nothing_is_asked_before_the_first_migration(committed: None) -> None:
    with connected_as(NAME="postgres", USER=postgres.cluster().account.name, PASSWORD=""):
        assert bound() == []


BAD: list[tuple[str, Any, Callable[..., list[CheckMessage]], str]] = [
    ("TOKEN_KEYS", {}, keys_are_long, "tenants.E005"),
    ("TOKEN_KEYS", {1: b"x" * 32, 2: b"x" * 31}, keys_are_long, "tenants.E005"),
    ("MIDDLEWARE", ["tenants.middleware.TenantMiddleware", "x"], the_tenant_stands_last, "E006"),
]


@pytest.mark.parametrize(("name", "value", "check", "code"), BAD)
def test_a_setting_that_breaks_a_wall_is_refused(
    settings: Settings, name: str, value: Any, check: Callable[..., Any], code: str
) -> None:
    assert check() == []
    setattr(settings, name, value)
    assert [found[-4:] for found in ids(check()) if found] == [code[-4:]]


def test_transactions_that_lose_the_tenant_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert the_tenant_stands_last() == []
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert ids(the_tenant_stands_last()) == ["tenants.E007"]


def test_they_run_with_djangos_own(db: None, settings: Settings) -> None:
    settings.TOKEN_KEYS = {}
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.common.CommonMiddleware"]
    found = ids(run_checks(databases=["default"]))
    assert {"tenants.E005", "tenants.E006"} <= set(found)
    assert not {"tenants.E001", "tenants.E002", "tenants.E003", "tenants.E004"} & set(found)
