"""The names of documents, where an index can find them.

No text operator is leakproof, so under a policy PostgreSQL would not use the index. The names lie
in a table of their own: row-level security without FORCE, no rights for the application, kept by a
trigger, and read through one function of the owner, which knows the tenant.
"""

from django.db import migrations

from tenants.rowsecurity import APP_ROLE, THE_TENANT

TABLE = f"""
    CREATE TABLE vault_documentname (
        tenant_id uuid NOT NULL REFERENCES tenants_organisation DEFERRABLE INITIALLY DEFERRED,
        document_id uuid NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (tenant_id, document_id),
        CONSTRAINT vault_documentname_document_same_tenant
            FOREIGN KEY (tenant_id, document_id) REFERENCES vault_document (tenant_id, id)
            ON DELETE CASCADE
    );
    CREATE INDEX names_by_trigram ON vault_documentname USING gin (tenant_id, name gin_trgm_ops);
    ALTER TABLE vault_documentname ENABLE ROW LEVEL SECURITY;
    REVOKE ALL ON vault_documentname FROM {APP_ROLE};
"""
KEPT = """
    CREATE FUNCTION vault_keep_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO vault_documentname (tenant_id, document_id, name)
        VALUES (NEW.tenant_id, NEW.id, lower(NEW.name))
        ON CONFLICT (tenant_id, document_id) DO UPDATE SET name = excluded.name;
        RETURN NULL;
    END $$;
    REVOKE ALL ON FUNCTION vault_keep_name() FROM PUBLIC;
    CREATE TRIGGER name AFTER INSERT OR UPDATE OF name ON vault_document
    FOR EACH ROW EXECUTE FUNCTION vault_keep_name();
"""
# ROWS 50: with the usual guess of 1,000 the planner would read the whole tenant.
FOUND = f"""
    CREATE FUNCTION vault_documents_named(patterns text[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
        SELECT document_id FROM vault_documentname
        WHERE tenant_id = {THE_TENANT} AND name LIKE patterns[1] AND name LIKE ALL (patterns)
    $$;
    REVOKE ALL ON FUNCTION vault_documents_named(text[]) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION vault_documents_named(text[]) TO {APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0004_extensions")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE vault_documentname"),
        migrations.RunSQL(KEPT, "DROP FUNCTION vault_keep_name() CASCADE"),
        migrations.RunSQL(FOUND, "DROP FUNCTION vault_documents_named(text[])"),
    ]
