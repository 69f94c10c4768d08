"""What a member is told: the list, how much of it comes by mail, and out of the mails."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.http import TenantRequest
from vault.flows.hear import choose_mails, mails_of, organisation_behind, unsubscribe
from vault.flows.news import News, mark_read, news_of
from vault.forms import MailsForm
from vault.models import Folder


@require_safe
def news(request: TenantRequest) -> HttpResponse:
    """Whoever has seen it, has read it."""
    told, following = news_of(request.actor, cursor=request.GET.get("after", ""))
    rows = [news_row(one) for one in told]
    if request.method == "GET":
        mark_read(request.actor, [one.notification for one in told])
    context = {
        "section": "news",
        "news": rows,
        "next_cursor": following,
        "form": MailsForm(initial={"mails": mails_of(request.actor)}),
    }
    return render(request, "vault/news.html", context)


@require_POST
def mails(request: TenantRequest) -> HttpResponse:
    form = MailsForm(request.POST)
    if form.is_valid():
        choose_mails(request.actor, form.cleaned_data["mails"])
        messages.success(request, _("Saved."))
    return redirect("vault:news", org=request.organisation.slug)


@csrf_exempt  # a mail program posts it (RFC 8058): the token in the address is all it has
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribed(request: HttpRequest, token: str) -> HttpResponse:
    done = request.method == "POST"
    organisation = unsubscribe(token) if done else organisation_behind(token)
    context = {"organisation": organisation.name, "done": done}
    response = render(request, "vault/unsubscribe.html", context)
    response["Cache-Control"], response["Referrer-Policy"] = "no-store", "no-referrer"
    return response


def news_row(news: News) -> dict[str, Any]:
    notification, node = news.notification, news.node
    return {
        "id": notification.pk,
        "words": news.words,
        "at": notification.created_at,
        "is_new": notification.read_at is None,
        "node_id": node.pk if node else None,
        "job_id": news.job,
        "is_of_many": news.is_of_many,
        "kind": "folder" if isinstance(node, Folder) else "document",
        "is_of_requests": news.is_of_requests,
    }
