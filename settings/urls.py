from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from settings.api import account_urls, description, docs, organisation_urls


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("api/docs/", docs, name="api-docs"),
    path("api/v1/openapi.json", description, name="api-description"),
    path("api/v1/", account_urls),
    re_path(r"^api/v1/o/(?P<org>[a-z0-9-]+)/?", organisation_urls),  # "" is the organisation
    path("", include("tenants.urls")),
    path("", include("sharing.urls")),
    path("", include("vault.urls")),
]
handler400 = "settings.errors.bad_request"
handler403 = "settings.errors.permission_denied"
handler404 = "settings.errors.page_not_found"
handler500 = "settings.errors.server_error"
