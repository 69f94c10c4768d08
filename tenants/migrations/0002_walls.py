"""Row-level security, composite keys, history and the audit chain."""

from django.db import migrations

from tenants.rowsecurity import APP_ROLE, THE_TENANT, IsolateTenant, KeepPeriods, SameTenant

# Open only while no tenant is in scope: inside one, a colleague's other seats stay unseen.
OWN_SEATS = f"""
    CREATE POLICY own_seats ON tenants_membership FOR SELECT USING (
        {THE_TENANT} IS NULL
        AND user_id = NULLIF(current_setting('strongroom.user', true), '')::uuid
    )
"""
CHAIN = """
    CREATE FUNCTION tenants_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
        before text := current_setting('strongroom.tenant', true);
        number bigint;
        digest bytea;
    BEGIN
        -- The owner is bound by row-level security too.
        PERFORM set_config('strongroom.tenant', NEW.tenant_id::text, true);
        INSERT INTO tenants_audithead (tenant_id, seq, hash)
        VALUES (NEW.tenant_id, 0, sha256(convert_to(NEW.tenant_id::text, 'UTF8')))
        ON CONFLICT DO NOTHING;
        UPDATE tenants_audithead
        SET seq = seq + 1,
            hash = sha256(hash || convert_to((seq + 1) || '|' || NEW.body, 'UTF8'))
        WHERE tenant_id = NEW.tenant_id
        RETURNING seq, hash INTO number, digest;
        UPDATE tenants_auditevent SET seq = number, hash = digest WHERE id = NEW.id;
        PERFORM set_config('strongroom.tenant', coalesce(before, ''), true);
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON tenants_auditevent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tenants_chain();
"""
NEVER_CHANGED = """
    CREATE FUNCTION tenants_trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF OLD.seq IS NULL AND OLD.hash IS NULL AND NEW.id = OLD.id
               AND NEW.tenant_id = OLD.tenant_id AND NEW.body = OLD.body THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON tenants_auditevent
    FOR EACH ROW EXECUTE FUNCTION tenants_trail_is_append_only();
    CREATE TRIGGER never_emptied BEFORE TRUNCATE ON tenants_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION tenants_trail_is_append_only();
"""
RIGHTS = f"""
    REVOKE ALL ON tenants_auditevent, tenants_audithead FROM {APP_ROLE};
    GRANT SELECT ON tenants_auditevent, tenants_audithead TO {APP_ROLE};
    GRANT INSERT (tenant_id, body) ON tenants_auditevent TO {APP_ROLE};
    REVOKE ALL ON FUNCTION tenants_chain() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]
    operations = [
        IsolateTenant("Policy", "Membership", "Team", "TeamMember", "ApiToken"),
        IsolateTenant("MembershipPeriod", "TeamMemberPeriod"),
        IsolateTenant("AuditEvent", "AuditHead", "AuditTrace", "ReadCount"),
        SameTenant("TeamMember", "team"),
        SameTenant("TeamMember", "membership", cascade=True),
        SameTenant("ApiToken", "membership", cascade=True),
        KeepPeriods("Membership", "MembershipPeriod", "user_id", "role"),
        KeepPeriods("TeamMember", "TeamMemberPeriod", "team_id", "membership_id"),
        migrations.RunSQL(OWN_SEATS, "DROP POLICY own_seats ON tenants_membership"),
        migrations.RunSQL(CHAIN, "DROP FUNCTION tenants_chain() CASCADE"),
        migrations.RunSQL(NEVER_CHANGED, "DROP FUNCTION tenants_trail_is_append_only() CASCADE"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
