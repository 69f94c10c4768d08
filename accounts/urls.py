from django.conf import settings
from django.urls import path

from accounts.views.mails import mails
from accounts.views.profile import profile
from accounts.views.unsent import unsent

app_name = "accounts"

urlpatterns = [path("", profile, name="profile"), path("unsent/", unsent, name="unsent")]

# Whoever reads these mails can sign in as anyone.
if settings.STRONGROOM_DEVELOPMENT:
    urlpatterns.append(path("dev/mails/", mails, name="mails"))
