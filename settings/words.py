"""`make words`: the words of the source into the catalogues, and these into what Django reads.

The compiled catalogues are kept beside their sources, so that nobody who runs it needs gettext.
"""

import sys
from typing import Final

import django
from django.conf import settings
from django.core.management import call_command

# What is no part of the product, or speaks to whoever runs it.
ELSEWHERE: Final = (".venv", "node_modules", "var", "tests", "settings/stack/*", "settings/demo/*")


def gather() -> None:
    """Into the catalogues under `templates/locale`, whose translations stay."""
    call_command(
        "makemessages",
        locale=[code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
        ignore_patterns=list(ELSEWHERE),
        no_location=True,
        no_obsolete=True,
        no_wrap=True,
        verbosity=0,
    )


def main() -> int:
    django.setup()
    gather()
    call_command("compilemessages", ignore_patterns=list(ELSEWHERE), verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
