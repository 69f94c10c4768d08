from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.mail import newest_mails


@login_not_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """What would have been sent. The page is there in development only: see the URLs."""
    return render(request, "accounts/mails.html", {"mails": newest_mails(Path(settings.MAIL_DIR))})
