"""The facts that the trail is filtered by, as columns that PostgreSQL reads out of each body.

Generated columns: they exist for the rows of before, nobody can write them, and what is hashed
stays the body alone.
"""

from django.db import migrations, models

READERS = """
    CREATE FUNCTION tenants_event_at(body text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    $$ SELECT (body::jsonb ->> 'at')::timestamptz $$;
    CREATE FUNCTION tenants_event_action(body text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    $$ SELECT body::jsonb ->> 'action' $$;
    CREATE FUNCTION tenants_event_actor(body text) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    $$ SELECT CASE body::jsonb #>> '{actor,kind}'
           WHEN 'member' THEN (body::jsonb #>> '{actor,user}')::uuid
           WHEN 'link' THEN (body::jsonb #>> '{actor,id}')::uuid
       END $$;
    CREATE FUNCTION tenants_event_about(body text) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    $$ SELECT coalesce(
           body::jsonb #>> '{facts,document}',
           body::jsonb #>> '{facts,node}',
           body::jsonb #>> '{subject,id}'
       )::uuid $$;
"""
# The time is written with its zone (Z), so reading it depends on no setting.
COLUMNS = """
    ALTER TABLE tenants_auditevent
        ADD at timestamptz GENERATED ALWAYS AS (tenants_event_at(body)) STORED,
        ADD action text GENERATED ALWAYS AS (tenants_event_action(body)) STORED,
        ADD actor uuid GENERATED ALWAYS AS (tenants_event_actor(body)) STORED,
        ADD about uuid GENERATED ALWAYS AS (tenants_event_about(body)) STORED
"""
GONE = """
    ALTER TABLE tenants_auditevent DROP at, DROP action, DROP actor, DROP about;
    DROP FUNCTION tenants_event_at(text), tenants_event_action(text),
        tenants_event_actor(text), tenants_event_about(text)
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_policy_trash_days")]
    operations = [
        migrations.RunSQL(
            READERS + ";" + COLUMNS,
            GONE,
            state_operations=[
                migrations.AddField(
                    model_name="auditevent",
                    name="about",
                    field=models.UUIDField(null=True),
                ),
                migrations.AddField(
                    model_name="auditevent",
                    name="action",
                    field=models.TextField(null=True),
                ),
                migrations.AddField(
                    model_name="auditevent",
                    name="actor",
                    field=models.UUIDField(null=True),
                ),
                migrations.AddField(
                    model_name="auditevent",
                    name="at",
                    field=models.DateTimeField(null=True),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "about", "-seq"], name="what_was_done_to_it"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "actor", "-seq"], name="what_somebody_did"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "action", "-seq"], name="acts_of_a_kind"),
        ),
    ]
