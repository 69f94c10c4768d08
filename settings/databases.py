"""One connection, two roles: the application serves, the owner migrates.

Which role a process is follows from its command and cannot be changed later: a session that may
SET ROLE may also RESET it.
"""

import sys

import dj_database_url

from settings.env import env

OWNERS_COMMANDS = {"migrate"}
PREPARED_AFTER = 5  # times that a connection has sent the same statement


def database(url: str) -> dict[str, object]:
    config: dict[str, object] = {**dj_database_url.parse(url)}
    config["CONN_HEALTH_CHECKS"] = False
    config["OPTIONS"] = {
        **dj_database_url.parse(url).get("OPTIONS", {}),
        # What is bound by the server can be prepared: a statement is planned once for each
        # connection, not for each request. A pooler between that hands on single transactions
        # loses what was prepared (PgBouncer before 1.21).
        "server_side_binding": True,
        "prepare_threshold": PREPARED_AFTER if env.bool("DATABASE_PREPARE", True) else None,
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", 10),
            "timeout": env.float("DATABASE_TIMEOUT", 10),
        },
    }
    return config


is_owner = len(sys.argv) > 1 and sys.argv[1] in OWNERS_COMMANDS
DATABASES = {
    "default": database(env.str("DATABASE_OWNER_URL" if is_owner else "DATABASE_URL")),
}
