import os
import sys

from settings.env import env

if __name__ == "__main__":
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", env.str("DJANGO_SETTINGS_MODULE", "settings.production")
    )
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
