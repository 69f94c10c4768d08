from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.unsent import kept


@never_cache
@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    waiting = kept(request.session)
    if waiting is None:
        return redirect("/")
    return render(request, "accounts/unsent.html", {"unsent": waiting})
