"""What the application's role may do in PostgreSQL, as PostgreSQL itself says."""

from typing import Final

import pytest

from tests.house.catalogue import ask, column, tables

pytestmark = pytest.mark.django_db

# Functions that run with the owner's rights. Each has a reason.
OWNERS_FUNCTIONS: Final = {
    "tenants_chain()",  # numbers and hashes the trail
    # Histories: written by whatever changes a row, and by nobody else.
    "tenants_membership_periods()",
    "tenants_team_periods()",
    "tenants_teammember_periods()",
    "vault_document_periods()",
    "vault_documentteamgrant_periods()",
    "vault_documentusergrant_periods()",
    "vault_folder_periods()",
    "vault_folderteamgrant_periods()",
    "vault_folderusergrant_periods()",
    # The counts of folders, for each kind of statement.
    "vault_count_insert()",
    "vault_count_update()",
    "vault_count_delete()",
    # Search: the first keeps the names, the second finds in those of the tenant in scope.
    "vault_keep_name()",
    "vault_documents_named(text[])",
}
ALL: Final = {"SELECT", "INSERT", "UPDATE", "DELETE"}
# What falls short of all four. Everything else, the application may read and write.
LESS: Final = {
    "accounts_accountevent": {"SELECT", "INSERT"},
    "accounts_user_groups": {"SELECT", "DELETE"},
    "accounts_user_user_permissions": {"SELECT", "DELETE"},
    "django_migrations": {"SELECT"},
    "tenants_auditevent": {"SELECT"},
    "tenants_audithead": {"SELECT"},
    "tenants_membershipperiod": {"SELECT"},
    "tenants_teammemberperiod": {"SELECT"},
    "tenants_teamperiod": {"SELECT"},
    "vault_documentname": set(),
    "vault_foldercount": {"SELECT"},
    "vault_grantperiod": {"SELECT"},
    "vault_placeperiod": {"SELECT"},
    "vault_usageentry": {"SELECT", "INSERT"},
}
FUNCTIONS: Final = """
    SELECT oid::regprocedure::text, proconfig, has_function_privilege('public', oid, 'EXECUTE')
    FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
"""


def test_the_application_is_bound_by_every_policy() -> None:
    (role,) = ask(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert role == ("strongroom_app", False, False, False, False, False)


def test_the_application_is_a_member_of_nothing() -> None:
    """A role that it could take on would be a way around its own."""
    assert (
        ask(
            "SELECT roleid::regrole::text FROM pg_auth_members"
            " WHERE member = 'strongroom_app'::regrole"
        )
        == []
    )


def test_the_application_owns_nothing() -> None:
    owned = ask(
        "SELECT relname FROM pg_class WHERE relowner = 'strongroom_app'::regrole"
        " UNION SELECT proname FROM pg_proc WHERE proowner = 'strongroom_app'::regrole"
        " UNION SELECT nspname FROM pg_namespace WHERE nspowner = 'strongroom_app'::regrole"
    )
    assert owned == []


def test_the_owner_is_bound_too() -> None:
    assert ask(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'strongroom_owner'"
    ) == [(False, False)]


def test_the_application_may_make_no_tables() -> None:
    assert ask(
        "SELECT has_schema_privilege('strongroom_app', 'public', 'CREATE'),"
        " has_database_privilege('strongroom_app', current_database(), 'CREATE')"
    ) == [(False, False)]


@pytest.mark.parametrize("right", ["TRUNCATE", "REFERENCES", "TRIGGER"])
def test_no_table_may_be_emptied_or_hung_upon(right: str) -> None:
    """TRUNCATE knows no row security; a trigger or a key would run or look with other rights."""
    granted = column(
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege('strongroom_app', oid, %s)",
        right,
    )
    assert granted == set()


def test_the_application_has_these_rights_and_no_others() -> None:
    rows = ask(
        "SELECT c.relname, r.name FROM pg_class c, unnest(%s::text[]) AS r (name)"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        " AND has_table_privilege('strongroom_app', c.oid, r.name)",
        sorted(ALL),
    )
    rights = {table: {name for at, name in rows if at == table} for table in tables()}
    assert rights == {table: LESS.get(table, ALL) for table in tables()}


def test_only_tenant_and_body_of_an_event_may_be_written() -> None:
    assert ask(
        "SELECT column_name, privilege_type FROM information_schema.column_privileges"
        " WHERE table_name = 'tenants_auditevent' AND grantee = 'strongroom_app'"
        " AND privilege_type <> 'SELECT' ORDER BY column_name"
    ) == [("body", "INSERT"), ("tenant_id", "INSERT")]


def test_only_the_person_of_an_account_event_may_be_forgotten() -> None:
    assert ask(
        "SELECT column_name FROM information_schema.column_privileges"
        " WHERE table_name = 'accounts_accountevent' AND grantee = 'strongroom_app'"
        " AND privilege_type = 'UPDATE'"
    ) == [("user_id",)]


def test_the_functions_with_the_owners_rights_are_these() -> None:
    assert {name for name, _, _ in ask(FUNCTIONS)} == OWNERS_FUNCTIONS


def test_a_function_with_the_owners_rights_looks_in_one_place_only() -> None:
    """Without a path of its own, a caller's table of the same name would be written instead."""
    assert {tuple(config) for _, config, _ in ask(FUNCTIONS)} == {("search_path=public, pg_temp",)}


def test_nobody_may_call_a_function_with_the_owners_rights() -> None:
    assert [name for name, _, callable_by_all in ask(FUNCTIONS) if callable_by_all] == []
