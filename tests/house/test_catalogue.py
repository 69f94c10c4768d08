"""The second wall, as it was built: what every table with a tenant must have."""

from typing import Final

import pytest

from tests.house.catalogue import (
    BEHIND_A_FUNCTION,
    ask,
    foreign_keys,
    keys_inside_tenants,
    open_tables,
    tables,
    tenant_tables,
)

pytestmark = pytest.mark.django_db

# Nobody's in particular: people, their sessions, what libraries keep. Nothing of a tenant but
# its name may ever stand in one of them.
WITHOUT_A_TENANT: Final = {
    "account_emailaddress",
    "account_emailconfirmation",
    "accounts_accountevent",
    "accounts_counter",
    "accounts_session",
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "guardian_groupobjectpermission",
    "guardian_userobjectpermission",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
    "tenants_organisation",
}
THE_TENANT: Final = "(NULLIF(current_setting('strongroom.tenant'::text, true), ''::text))::uuid"
THE_USER: Final = "(NULLIF(current_setting('strongroom.user'::text, true), ''::text))::uuid"
ONLY: Final = f"(tenant_id = {THE_TENANT})"
# Every policy there is beside `tenant_only`: (table, name, command, USING, WITH CHECK).
OTHER_POLICIES: Final = {
    (
        "tenants_membership",
        "own_seats",
        "SELECT",
        f"(({THE_TENANT} IS NULL) AND (user_id = {THE_USER}))",
        None,
    ),
}
# A group's number says nothing of an organisation, and belongs to one team of all.
UNIQUE_IN_ALL_TENANTS: Final = {"tenants_team_group_id_key"}
POLICIES: Final = """
    SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies
    WHERE schemaname = 'public' AND permissive = 'PERMISSIVE' AND roles = '{public}'
"""
UNIQUE_KEYS: Final = """
    SELECT i.indexrelid::regclass::text, c.relname, a.attname
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace
"""


def test_a_table_has_a_tenant_or_stands_in_the_list() -> None:
    assert tables() - tenant_tables() == WITHOUT_A_TENANT


def test_there_are_tables_to_judge() -> None:
    assert {"vault_document", "tenants_auditevent", "sharing_link"} < tenant_tables()


def test_row_security_is_on_and_binds_the_owner() -> None:
    rows = ask(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind = 'r'"
    )
    forced = {name for name, is_on, is_forced in rows if is_on and is_forced}
    assert tenant_tables() - forced == BEHIND_A_FUNCTION
    assert {name for name, is_on, _ in rows if is_on} == tenant_tables()


def test_a_tenants_column_is_never_empty() -> None:
    rows = ask(
        "SELECT table_name, is_nullable, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'tenant_id'"
    )
    # Without rights on a table, no columns of it are shown.
    assert set(rows) == {(table, "NO", "uuid") for table in open_tables()}


def test_the_policies_are_these_and_no_others() -> None:
    """Policies are alternatives: one that is too wide opens what the others close."""
    expected = {(table, "tenant_only", "ALL", ONLY, ONLY) for table in open_tables()}
    assert set(ask(POLICIES)) == expected | OTHER_POLICIES


def test_no_policy_is_for_some_roles_only() -> None:
    assert ask("SELECT count(*) FROM pg_policies") == [(len(ask(POLICIES)),)]


def test_unique_keys_start_with_the_tenant() -> None:
    """A key over all tenants would tell one of them what another has."""
    owned = tenant_tables()
    strangers = {
        index
        for index, table, first in ask(UNIQUE_KEYS)
        if table in owned and first != "tenant_id"
    }
    assert strangers == UNIQUE_IN_ALL_TENANTS


def test_keys_between_tenants_rows_carry_the_tenant() -> None:
    """A plain one would let a row point at another tenant's: such checks see past row security."""
    plain = [
        key.name
        for key in keys_inside_tenants()
        if key.columns[0] != "tenant_id" or key.target_columns[0] != "tenant_id"
    ]
    assert plain == []
    assert len(keys_inside_tenants()) >= 20


def test_every_key_was_checked_against_the_rows() -> None:
    assert [key.name for key in foreign_keys() if not key.is_checked] == []


def test_a_tenants_row_belongs_to_an_organisation() -> None:
    bound = {
        key.table
        for key in foreign_keys()
        if key.columns == ("tenant_id",) and key.target == "tenants_organisation"
    }
    assert bound == tenant_tables()


def test_nothing_without_a_tenant_points_at_a_tenants_row() -> None:
    owned = tenant_tables()
    assert [k.name for k in foreign_keys() if k.target in owned and k.table not in owned] == []


def test_there_is_no_view_that_reads_with_its_owners_rights() -> None:
    assert ask("SELECT viewname FROM pg_views WHERE schemaname = 'public'") == []
    assert ask("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'") == []
