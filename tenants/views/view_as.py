"""Viewing as a member or a team: the page on which it begins, and its end."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tenants.actor import require_admin
from tenants.flows.view_as import begin_viewing, end_viewing
from tenants.forms import ViewAsForm
from tenants.http import TenantRequest, own_page


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: TenantRequest) -> HttpResponse:
    """`who` may be chosen by the address, and `back` names the page to see."""
    require_admin(request.actor)
    asked = request.POST or None
    form = ViewAsForm(asked, actor=request.actor, initial={"who": request.GET.get("who")})
    if form.is_valid():
        begin_viewing(request, request.actor, *form.cleaned_data["who"])
        return way_back(request)
    sent = request.POST if request.method == "POST" else request.GET
    context = {"section": "view-as", "form": form, "back": sent.get("back", "")}
    return render(request, "tenants/view_as.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: TenantRequest) -> HttpResponse:
    end_viewing(request, request.actor, why="chosen")
    return way_back(request)


end.ends_viewing = True  # type: ignore[attr-defined]


def way_back(request: TenantRequest) -> HttpResponse:
    page = own_page(request.POST.get("back", ""))
    return redirect(page) if page else redirect("vault:files", org=request.organisation.slug)
