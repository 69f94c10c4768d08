"""The second wall: migration operations that make PostgreSQL keep tenants apart.

    IsolateTenant("Folder", "Document")     row-level security, forced, one policy for each
    SameTenant("Document", "folder")        a composite key: a document's folder is its tenant's
    KeepPeriods("Membership", "MembershipPeriod", "user_id", "role")     history, by trigger

None of them changes Django's state, so `makemigrations` stays quiet. The composite key stands
alone: the foreign keys between tenant-owned models have `db_constraint=False`.
"""

from typing import Any, Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import UUIDField

APP_ROLE: Final = "strongroom_app"
THE_TENANT: Final = "NULLIF(current_setting('strongroom.tenant', true), '')::uuid"

ONLY: Final = f"tenant_id = {THE_TENANT}"


class SqlOperation(Operation):
    """An operation of SQL alone, both ways."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        return

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.forwards(app_label, to_state.apps):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.backwards(app_label, from_state.apps):
            schema_editor.execute(statement, params=None)

    def forwards(self, app: str, apps: Apps) -> list[str]:
        raise NotImplementedError

    def backwards(self, app: str, apps: Apps) -> list[str]:
        raise NotImplementedError


def table_of(apps: Apps, app: str, model: str) -> str:
    table: str = apps.get_model(app, model)._meta.db_table
    return table


class IsolateTenant(SqlOperation):
    """Force row-level security on tables, with one policy, and give composite keys a target."""

    def __init__(self, *models: str) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.models), {}

    def describe(self) -> str:
        return f"Keep tenants apart in {', '.join(self.models)}"

    def forwards(self, app: str, apps: Apps) -> list[str]:
        return [line for m in self.models for line in isolate(apps.get_model(app, m))]

    def backwards(self, app: str, apps: Apps) -> list[str]:
        return [line for m in self.models for line in release(apps.get_model(app, m))]


def isolate(model: Any) -> list[str]:
    table = model._meta.db_table
    return [
        *([f"ALTER TABLE {table} ADD {target_key(table)}"] if is_pointed_at(model) else []),
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY tenant_only ON {table} USING ({ONLY}) WITH CHECK ({ONLY})",
    ]


def release(model: Any) -> list[str]:
    table = model._meta.db_table
    return [
        f"DROP POLICY tenant_only ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY",
        *(
            [f"ALTER TABLE {table} DROP CONSTRAINT {table}_tenant_key"]
            if is_pointed_at(model)
            else []
        ),
    ]


def target_key(table: str) -> str:
    return f"CONSTRAINT {table}_tenant_key UNIQUE (tenant_id, id)"


def is_pointed_at(model: Any) -> bool:
    """Rows with an id of their own; those of counters, heads and histories are nobody's target."""
    return isinstance(model._meta.pk, UUIDField)


class SameTenant(SqlOperation):
    """Let a column point at rows of its own tenant only: FOREIGN KEY (tenant_id, column).

    `to` and `target` name another table and column than the field says: a grant's person must
    be a member. `cascade` ends the row with its target.
    """

    def __init__(
        self, model: str, field: str, *, to: str = "", target: str = "id", cascade: bool = False
    ) -> None:
        self.model, self.field = model, field
        self.to, self.target, self.cascade = to, target, cascade

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options = {"to": self.to, "target": self.target, "cascade": self.cascade}
        return type(self).__name__, [self.model, self.field], options

    def describe(self) -> str:
        return f"Keep {self.model}.{self.field} inside its tenant"

    def forwards(self, app: str, apps: Apps) -> list[str]:
        model = apps.get_model(app, self.model)
        table, field = model._meta.db_table, model._meta.get_field(self.field)
        related = field.related_model
        target = self.to or related._meta.db_table
        column = field.column
        key = (
            f"FOREIGN KEY (tenant_id, {column}) REFERENCES {target} (tenant_id, {self.target})"
            f"{' ON DELETE CASCADE' if self.cascade else ''} DEFERRABLE INITIALLY DEFERRED"
        )
        # A key added under FORCE would be marked valid without a look at the rows; under that of
        # its target, the rows that others point at would not be found.
        both = dict.fromkeys([table, target])
        return [
            *(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY" for name in both),
            f"ALTER TABLE {table} ADD CONSTRAINT {self.name(table)} {key}",
            *(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY" for name in both),
        ]

    def backwards(self, app: str, apps: Apps) -> list[str]:
        table = table_of(apps, app, self.model)
        return [f"ALTER TABLE {table} DROP CONSTRAINT {self.name(table)}"]

    def name(self, table: str) -> str:
        return f"{table}_{self.field}_same_tenant"


class KeepPeriods(SqlOperation):
    """Write a history row for every state of a row: valid from (inclusive) to (exclusive).

    The trigger runs as the owner, in the transaction of the change, whoever makes it: a cascade
    is kept as well as a flow. The application may read the periods and not write them.
    """

    def __init__(self, model: str, period: str, *columns: str, **renamed: str) -> None:
        self.model, self.period = model, period
        self.columns, self.renamed = columns, renamed

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model, self.period, *self.columns], self.renamed

    def describe(self) -> str:
        return f"Keep the history of {self.model} in {self.period}"

    def forwards(self, app: str, apps: Apps) -> list[str]:
        table, period = table_of(apps, app, self.model), table_of(apps, app, self.period)
        pairs = {**{column: column for column in self.columns}, **self.renamed}
        old = ", ".join(f"OLD.{source}" for source in pairs.values())
        new = ", ".join(f"NEW.{source}" for source in pairs.values())
        return [
            # Names of tables and columns are ours: nothing here comes from a person.
            f"""
            CREATE FUNCTION {table}_periods() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = public, pg_temp AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND ROW({old}) IS NOT DISTINCT FROM ROW({new}) THEN
                    RETURN NULL;
                END IF;
                IF TG_OP <> 'INSERT' THEN
                    UPDATE {period} SET valid_to = clock_timestamp()
                    WHERE tenant_id = OLD.tenant_id AND source = OLD.id AND valid_to IS NULL;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    INSERT INTO {period} (tenant_id, source, valid_from, {", ".join(pairs)})
                    VALUES (NEW.tenant_id, NEW.id, clock_timestamp(), {new});
                END IF;
                RETURN NULL;
            END $$
            """,
            f"""
            CREATE TRIGGER periods AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_periods()
            """,
            f"REVOKE ALL ON FUNCTION {table}_periods() FROM PUBLIC",
            f"REVOKE INSERT, UPDATE, DELETE ON {period} FROM {APP_ROLE}",
        ]

    def backwards(self, app: str, apps: Apps) -> list[str]:
        table = table_of(apps, app, self.model)
        return [f"DROP TRIGGER periods ON {table}", f"DROP FUNCTION {table}_periods()"]


class Undone(SqlOperation):
    """Another operation, taken back: what came with it goes."""

    def __init__(self, operation: SqlOperation) -> None:
        self.operation = operation

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.operation], {}

    def describe(self) -> str:
        return f"No more: {self.operation.describe()}"

    def forwards(self, app: str, apps: Apps) -> list[str]:
        return self.operation.backwards(app, apps)

    def backwards(self, app: str, apps: Apps) -> list[str]:
        return self.operation.forwards(app, apps)
