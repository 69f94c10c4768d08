"""What the web server calls."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")  # noqa: TID251  an entry point

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# What is there before the first request stays: no collection has to look at it again.
gc.freeze()
