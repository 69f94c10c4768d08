"""Row-level security, composite keys, history, and the states that a blob may pass through."""

from django.db import migrations

from tenants.rowsecurity import APP_ROLE, IsolateTenant, KeepPeriods, SameTenant

# The pairs of `vault.models.blobs.TRANSITIONS`.
STATES = """
    CREATE FUNCTION vault_blob_states() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT (OLD.state, NEW.state) IN (
            ('receiving', 'stored'),
            ('stored', 'clean'), ('stored', 'infected'),
            ('stored', 'unscannable'), ('stored', 'unscanned'),
            ('unscanned', 'clean'), ('unscanned', 'infected'), ('unscanned', 'unscannable'),
            ('stored', 'condemned'), ('clean', 'condemned'), ('infected', 'condemned'),
            ('unscannable', 'condemned'), ('unscanned', 'condemned'),
            ('condemned', 'gone')
        ) THEN
            RAISE EXCEPTION 'a blob does not go from % to %', OLD.state, NEW.state
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER states BEFORE UPDATE OF state ON vault_blob FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION vault_blob_states();
    CREATE FUNCTION vault_blob_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a blob never changes' USING ERRCODE = 'check_violation';
    END $$;
    CREATE TRIGGER immutable BEFORE UPDATE OF file, owner_id, size, sha256 ON vault_blob
    FOR EACH ROW WHEN (OLD.state <> 'receiving'
        AND (OLD.file, OLD.owner_id, OLD.size, OLD.sha256)
            IS DISTINCT FROM (NEW.file, NEW.owner_id, NEW.size, NEW.sha256))
    EXECUTE FUNCTION vault_blob_is_immutable();
"""
MEMBER = {"to": "tenants_membership", "target": "user_id", "cascade": True}
TEAM = {"to": "tenants_team", "target": "group_id", "cascade": True}
FACTS = ["permission_id", "granted_by_id", "expires_at"]


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial"), ("tenants", "0002_walls")]
    operations = [
        IsolateTenant("Folder", "FolderClosure", "Document", "PlacePeriod"),
        IsolateTenant("Version", "Blob"),
        IsolateTenant("Usage", "Reservation", "UsageEntry"),
        IsolateTenant("FolderUserGrant", "FolderTeamGrant", "GrantPeriod"),
        IsolateTenant("DocumentUserGrant", "DocumentTeamGrant"),
        SameTenant("Folder", "parent"),
        SameTenant("FolderClosure", "ancestor"),
        SameTenant("FolderClosure", "descendant"),
        SameTenant("Document", "folder"),
        SameTenant("Document", "current"),
        SameTenant("Version", "document"),
        SameTenant("Version", "blob"),
        SameTenant("Blob", "reservation"),
        SameTenant("FolderUserGrant", "content_object"),
        SameTenant("FolderUserGrant", "user", **MEMBER),
        SameTenant("FolderTeamGrant", "content_object"),
        SameTenant("FolderTeamGrant", "group", **TEAM),
        SameTenant("DocumentUserGrant", "content_object"),
        SameTenant("DocumentUserGrant", "user", **MEMBER),
        SameTenant("DocumentTeamGrant", "content_object"),
        SameTenant("DocumentTeamGrant", "group", **TEAM),
        KeepPeriods("Folder", "PlacePeriod", "restricted", container_id="parent_id"),
        KeepPeriods("Document", "PlacePeriod", "restricted", container_id="folder_id"),
        KeepPeriods(
            "FolderUserGrant", "GrantPeriod", *FACTS, "user_id", node_id="content_object_id"
        ),
        KeepPeriods(
            "FolderTeamGrant", "GrantPeriod", *FACTS, "group_id", node_id="content_object_id"
        ),
        KeepPeriods(
            "DocumentUserGrant", "GrantPeriod", *FACTS, "user_id", node_id="content_object_id"
        ),
        KeepPeriods(
            "DocumentTeamGrant", "GrantPeriod", *FACTS, "group_id", node_id="content_object_id"
        ),
        migrations.RunSQL(
            STATES,
            "DROP FUNCTION vault_blob_states() CASCADE; DROP FUNCTION vault_blob_is_immutable() CASCADE",
        ),
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE ON vault_usageentry FROM {APP_ROLE}", migrations.RunSQL.noop
        ),
    ]
