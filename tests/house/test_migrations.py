"""What a migration must do for a table with a tenant, before any database is asked."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tenants.models import Period
from tenants.rowsecurity import IsolateTenant, KeepPeriods, SameTenant
from tests.cast import found_acme
from tests.house.sources import calls, modules, name_of, texts
from tests.services import postgres

APPS: Final = ("tenants", "vault", "sharing")
# In the order in which they are applied.
WALLS: Final = [
    ("tenants", "0002_walls"),
    ("vault", "0002_walls"),
    ("sharing", "0002_walls"),
    ("vault", "0003_trash"),
    ("vault", "0005_names_can_be_searched"),
    ("tenants", "0004_trail_can_be_filtered"),
    ("tenants", "0005_notifications"),
    ("vault", "0006_stars_and_visits"),
    ("vault", "0007_acts_that_go"),
    ("tenants", "0006_past_access"),
    ("vault", "0008_past_access"),
    ("vault", "0009_access_requests"),
    ("vault", "0010_jobs"),
    ("vault", "0011_lists_at_scale"),
]
SHAPE: Final = """
    SELECT tablename, policyname, qual, with_check FROM pg_policies
    UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), ''
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT relname, relrowsecurity::text, relforcerowsecurity::text, ''
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3
"""


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def operations[O: object](loader: MigrationLoader, app: str, kind: type[O]) -> Iterator[O]:
    for (of, _), migration in sorted(loader.disk_migrations.items()):
        if of == app:
            yield from (o for o in migration.operations if isinstance(o, kind))


def owned(loader: MigrationLoader, app: str) -> dict[str, type[models.Model]]:
    """The app's models with a tenant, as its migrations have made them."""
    found = loader.project_state().apps.get_app_config(app).get_models()
    return {m.__name__: m for m in found if any(f.name == "tenant" for f in m._meta.fields)}


@pytest.mark.parametrize("app", APPS)
def test_every_model_with_a_tenant_is_isolated_once(loader: MigrationLoader, app: str) -> None:
    isolated = [m for step in operations(loader, app, IsolateTenant) for m in step.models]
    assert sorted(isolated) == sorted(owned(loader, app))


@pytest.mark.parametrize("app", APPS)
def test_every_pointer_between_tenants_rows_has_its_composite_key(
    loader: MigrationLoader, app: str
) -> None:
    labels = {m._meta.label for other in APPS for m in owned(loader, other).values()}
    pointers = {
        (name, field.name)
        for name, model in owned(loader, app).items()
        for field in model._meta.fields
        if field.is_relation and field.related_model._meta.label in labels  # type: ignore[union-attr]
    }
    kept = {(step.model, step.field) for step in operations(loader, app, SameTenant)}
    assert pointers - kept == set()


@pytest.mark.parametrize("app", APPS)
def test_the_composite_key_stands_alone(loader: MigrationLoader, app: str) -> None:
    """Django's own beside it would check the same without the tenant, and cost as much again."""
    for step in operations(loader, app, SameTenant):
        field: Any = owned(loader, app)[step.model]._meta.get_field(step.field)
        assert field.db_constraint is False, (step.model, step.field)


@pytest.mark.parametrize("app", APPS)
def test_no_model_joins_many_to_many_by_a_table_without_a_tenant(
    loader: MigrationLoader, app: str
) -> None:
    assert [m for m in owned(loader, app).values() if m._meta.local_many_to_many] == []


def test_every_history_is_kept_by_a_trigger(loader: MigrationLoader) -> None:
    kept = {step.period for app in APPS for step in operations(loader, app, KeepPeriods)}
    assert kept == {model.__name__ for model in Period.__subclasses__()}


def unscoped(source: str) -> list[str]:
    """Data migrations that open no tenant's scope: under FORCE they would change no row."""
    module = ast.parse(source)
    functions = {f.name: f for f in ast.walk(module) if isinstance(f, ast.FunctionDef)}
    named = [
        argument.id
        for called, call in calls(module)
        if called == "RunPython"
        for argument in call.args
        if isinstance(argument, ast.Name)
    ]
    return [name for name in named if "scope" not in {c for c, _ in calls(functions[name])}]


@pytest.mark.parametrize(
    "path", [p for p in modules(*APPS) if "migrations" in p.parts], ids=name_of
)
def test_a_data_migration_walks_through_the_organisations(path: Path) -> None:
    assert unscoped(path.read_text()) == []


def test_a_data_migration_without_a_scope_would_be_noticed() -> None:
    body = "for o in organisations(apps):\n        {}\n            fill(o)"
    migration = f"def fill_all(apps, editor):\n    {body}\nRunPython(fill_all)"
    assert unscoped(migration.format("with scope(o.pk):")) == []
    assert unscoped(migration.format("with nothing(o.pk):")) == ["fill_all"]


def test_no_migration_updates_rows_by_plain_sql() -> None:
    """The owner is bound by row security: without a tenant it changes none, and says nothing."""
    for path in modules(*APPS):
        if "migrations" in path.parts:
            for text in texts(ast.parse(path.read_text())):
                assert not text.lstrip().startswith(("UPDATE ", "DELETE ", "INSERT ")), path


@pytest.mark.django_db
def test_the_migrations_make_the_models_as_they_are() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"


def steps(app: str, name: str, *, backwards: bool) -> str:
    said = StringIO()
    call_command("sqlmigrate", app, name, backwards=backwards, stdout=said, no_color=True)
    lines = [line for line in said.getvalue().splitlines() if line not in ("BEGIN;", "COMMIT;")]
    return "\n".join(lines)


@contextmanager
def without_walls() -> Iterator[tuple[psycopg.Connection[tuple[Any, ...]], str]]:
    """The owner after all of it was taken back, and what builds it again. Then it never was."""
    found_acme()
    down = "\n".join(steps(app, name, backwards=True) for app, name in reversed(WALLS))
    up = "\n".join(steps(app, name, backwards=False) for app, name in WALLS)
    with psycopg.connect(postgres.database_url("owner")) as owner:
        owner.execute(down.encode())
        yield owner, up
        owner.rollback()


def shape(owner: psycopg.Connection[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return owner.execute(SHAPE).fetchall()


def test_the_walls_come_down_and_stand_again_as_they_were(committed: None) -> None:
    """Around rows that are there: that is how a later migration finds the tables."""
    with psycopg.connect(postgres.database_url("owner")) as owner:
        before = shape(owner)
    with without_walls() as (owner, up):
        bare = shape(owner)
        owner.execute(up.encode())
        after = shape(owner)
    assert not [row for row in bare if row[1] == "tenant_only" or "same_tenant" in row[1]]
    assert after == before


def test_a_wall_does_not_close_around_a_stray_row(committed: None) -> None:
    """A key that is added looks at the rows that are there."""
    with without_walls() as (owner, up):
        owner.execute("UPDATE vault_document SET folder_id = gen_random_uuid()")
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="folder_same_tenant"):
            owner.execute(up.encode())
