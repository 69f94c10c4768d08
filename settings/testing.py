"""The tests: as production, with cheap passwords and tasks that run at once."""

import os

os.environ.setdefault("SECRET_KEY", "a key for the tests alone")
os.environ.setdefault("TOKEN_KEYS", f"1:{'11' * 32},2:{'22' * 32}")
os.environ.setdefault("DATABASE_URL", "postgres://strongroom_app@/strongroom")
# A test's rows come within one transaction, where no statistics see them: a plan that was made
# for ten rows would stay for a thousand. Servers that a test starts prepare, as in production.
os.environ.setdefault("DATABASE_PREPARE", "off")

from settings.development import *  # noqa: F403  the environment must be set first
from settings.env import env

SECRET_KEY_FALLBACKS: list[str] = []
ALLOWED_HOSTS = ["localhost", "testserver"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
if not env.bool("REAL_QUEUE", False):
    TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
if not env.bool("REAL_STATIC", False):
    STORAGES["staticfiles"] = {  # noqa: F405
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
# `make check` compares migrations with no database there.
LOGGING["loggers"]["psycopg.pool"] = {"level": "ERROR"}  # type: ignore[index]  # noqa: F405
LOGGING["root"] = {"handlers": ["stderr"], "level": "WARNING"}  # noqa: F405
