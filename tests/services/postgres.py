"""The PostgreSQL of a test run: one server, a database for each worker, two roles."""

from functools import cache

from django.db import connection
from django.test import TransactionTestCase

from settings.databases import database
from settings.stack.postgres import Cluster, Role
from tests.services.run import run_folder

# Written by migrations and by nobody else, so emptying them would break what follows.
KEEP = {"django_migrations", "django_content_type", "auth_permission"}


@cache
def cluster() -> Cluster:
    """The run's server, started by whoever needs it first."""
    server = Cluster(run_folder() / "var", fast=True)
    server.start()
    return server


def connect_as(role: Role) -> None:
    """From here on this process is that role. A pool keeps its user, so it goes too."""
    connection.close()
    connection.close_pool()
    settings = database(cluster().url(role))
    connection.settings_dict.update(
        {key: settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    )


def database_url(role: Role = "app") -> str:
    """The test database's address, for a server that a test starts."""
    return cluster().url(role, str(connection.settings_dict["NAME"]))


def empty_as_owner(_case: TransactionTestCase) -> None:
    """What stands in for Django's flush, which the application may not do.

    Triggers stay quiet meanwhile, or the audit log would rightly refuse.
    """
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = ", ".join(connection.ops.quote_name(n) for n in names if n not in KEEP)
    with cluster().superuser(str(connection.settings_dict["NAME"])) as superuser:
        superuser.execute("SET session_replication_role = replica")
        # Tables that Django does not know hang on those that it does.
        superuser.execute(f"TRUNCATE {tables} CASCADE")
