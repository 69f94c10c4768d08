"""The first page after signing in: the organisation, or the choice of one."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenants.flows.enter import seats_of

if TYPE_CHECKING:
    from accounts.models import User


def home(request: HttpRequest) -> HttpResponse:
    seats = seats_of(cast("User", request.user).pk)
    if len(seats) == 1:
        return redirect("vault:files", org=seats[0].tenant.slug)
    organisations = [
        {"slug": seat.tenant.slug, "name": seat.tenant.name, "role": seat.get_role_display()}
        for seat in seats
    ]
    return render(request, "tenants/home.html", {"organisations": organisations})
