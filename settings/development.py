"""`make run`: one person's machine, mails on disk."""

from settings.base import *  # noqa: F403  a settings module is the one before it, and what differs
from settings.env import VAR, env, folder

INSTALLED_APPS = [*INSTALLED_APPS, "settings"]  # noqa: F405  for its command, `demo`
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "[::1]"]  # noqa: F405
STRONGROOM_DEVELOPMENT = True
FAILPOINT = env.str("FAILPOINT", "")
MAIL_DIR = folder("MAIL_DIR", VAR / "mail")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": MAIL_DIR},
    }
}
