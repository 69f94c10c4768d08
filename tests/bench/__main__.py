"""`make bench`: how fast, beside what.

make bench                  all figures; the crowd is made the first time, and kept
make bench ONLY=list        those whose name begins so
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.testing")
os.environ.setdefault("DATABASE_PREPARE", "on")
django.setup()

from tests.bench.running import main  # noqa: E402  what it imports has models in it

sys.exit(main())
