"""What the web server calls."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")  # noqa: TID251  an entry point

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
