"""Lists of a million documents: the indexes that a page walks along, counts on folders, and in
the closure which lines reach through.

The counts are kept by triggers of the owner, one for each kind of statement: a bulk act is one
change per folder. They come in the order of the folders' ids, so that no two wait for each other.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

from tenants.rowsecurity import APP_ROLE, IsolateTenant, SameTenant

LIVE = models.Q(trashed__isnull=True)
CAME = "SELECT tenant_id, folder_id, restricted, 1 AS n FROM came WHERE trashed_id IS NULL"
WENT = "SELECT tenant_id, folder_id, restricted, -1 AS n FROM went WHERE trashed_id IS NULL"
OPEN = "coalesce(sum(n) FILTER (WHERE NOT restricted), 0)"


def counting(on: str, tables: str, changes: str) -> str:
    name = f"vault_count_{on.lower()}"
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
            INSERT INTO vault_foldercount AS kept (tenant_id, folder_id, documents, unrestricted)
            SELECT tenant_id, folder_id, sum(n), {OPEN} FROM ({changes}) change
            GROUP BY tenant_id, folder_id HAVING sum(n) <> 0 OR {OPEN} <> 0 ORDER BY folder_id
            ON CONFLICT (tenant_id, folder_id) DO UPDATE SET
                documents = kept.documents + excluded.documents,
                unrestricted = kept.unrestricted + excluded.unrestricted;
            RETURN NULL;
        END $$;
        CREATE TRIGGER count_{on.lower()} AFTER {on} ON vault_document REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        REVOKE ALL ON FUNCTION {name}() FROM PUBLIC;
    """


KEPT = (
    counting("INSERT", "NEW TABLE AS came", CAME)
    + counting("DELETE", "OLD TABLE AS went", WENT)
    + counting("UPDATE", "OLD TABLE AS went NEW TABLE AS came", f"{CAME} UNION ALL {WENT}")
)
NO_LONGER = """
    DROP FUNCTION vault_count_insert() CASCADE;
    DROP FUNCTION vault_count_delete() CASCADE;
    DROP FUNCTION vault_count_update() CASCADE;
"""
# Before the new table has its walls: every organisation's documents at once.
COUNTED = """
    ALTER TABLE vault_document NO FORCE ROW LEVEL SECURITY;
    INSERT INTO vault_foldercount (tenant_id, folder_id, documents, unrestricted)
    SELECT tenant_id, folder_id, count(*), count(*) FILTER (WHERE NOT restricted)
    FROM vault_document WHERE trashed_id IS NULL GROUP BY tenant_id, folder_id;
    ALTER TABLE vault_document FORCE ROW LEVEL SECURITY;
"""
# Both tables are read whole, whoever they belong to.
REACHED = """
    ALTER TABLE vault_folder NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE vault_folderclosure NO FORCE ROW LEVEL SECURITY;
    UPDATE vault_folderclosure line SET reaches = line.distance <= folder.wall_distance
    FROM vault_folder folder WHERE folder.id = line.descendant_id;
    ALTER TABLE vault_folder FORCE ROW LEVEL SECURITY;
    ALTER TABLE vault_folderclosure FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_notifications"),
        ("vault", "0010_jobs"),
    ]
    operations = [
        migrations.AddField(
            "folderclosure", "reaches", models.BooleanField(default=False), preserve_default=False
        ),
        migrations.RunSQL(REACHED, migrations.RunSQL.noop),
        migrations.RemoveConstraint("folderclosure", "one_line_between_two_folders"),
        migrations.RemoveIndex("folderclosure", "what_is_beneath"),
        migrations.AddConstraint(
            "folderclosure",
            models.UniqueConstraint(
                fields=("tenant", "descendant", "ancestor"),
                include=("distance", "reaches"),
                name="one_line_between_two_folders",
            ),
        ),
        migrations.AddIndex(
            "folderclosure",
            models.Index(
                fields=["tenant", "ancestor", "descendant"],
                include=["distance", "reaches"],
                name="what_is_beneath",
            ),
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["tenant", "-changed_at", "-id"],
                include=["folder", "restricted"],
                condition=LIVE,
                name="all_documents_newest_first",
            ),
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["tenant", "folder", "-changed_at", "-id"],
                include=["restricted"],
                condition=LIVE,
                name="documents_newest_first",
            ),
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                "tenant", Lower("name"), "id", condition=LIVE, name="all_documents_by_name"
            ),
        ),
        migrations.CreateModel(
            name="FolderCount",
            fields=[
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.organisation",
                    ),
                ),
                (
                    "folder",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="count",
                        serialize=False,
                        to="vault.folder",
                    ),
                ),
                ("documents", models.IntegerField()),
                ("unrestricted", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "folder"), name="one_count_per_folder"
                    ),
                ],
            },
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        IsolateTenant("FolderCount"),
        SameTenant("FolderCount", "folder", cascade=True),
        migrations.RunSQL(
            f"REVOKE INSERT, UPDATE, DELETE ON vault_foldercount FROM {APP_ROLE}",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(KEPT, NO_LONGER),
    ]
