"""One's own acts on many items: the list, and each with its progress and what was refused."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tenants.http import TenantRequest
from vault.flows.jobs import Refusals, Told, job_of, jobs_of, refusals_of
from vault.flows.jobs import stop as stop_job
from vault.models import BulkAct, Folder, Job, JobState
from vault.notices import UNSEEN
from vault.views.selecting import with_commas
from vault.views.ways import back


@require_safe
def jobs(request: TenantRequest) -> HttpResponse:
    told, following = jobs_of(request.actor, cursor=request.GET.get("after", ""))
    context = {"section": "news", "jobs": [job_row(one) for one in told], "next_cursor": following}
    return render(request, "vault/jobs.html", context)


@require_safe
def job(request: TenantRequest, job_id: UUID) -> HttpResponse:
    told = job_of(request.actor, job_id)
    refusals = refusals_of(request.actor, told.job, cursor=request.GET.get("after", ""))
    context = {
        "section": "news",
        "job": job_row(told),
        "failures": failure_rows(refusals),
        "next_cursor": refusals.next,
    }
    return render(request, "vault/job.html", context)


@require_POST
def stop(request: TenantRequest, job_id: UUID) -> HttpResponse:
    stop_job(request.actor, job_id)
    return redirect("vault:job", org=request.organisation.slug, job_id=job_id)


def answer(request: TenantRequest, job: Job) -> HttpResponse:
    """Back to the list; or to the job, where something was refused."""
    if job.is_open or job.failed:
        return to_job(request, job)
    done = _("Done: %(what)s") % {"what": title_of(job_of(request.actor, job.pk))}
    messages.success(request, done)
    return back(request) or redirect("vault:files", org=request.organisation.slug)


def to_job(request: TenantRequest, job: Job) -> HttpResponse:
    """What goes on by itself is told of in passing; what was refused is shown."""
    address = reverse("vault:job", args=[request.organisation.slug, job.pk])
    if not job.is_open:
        return redirect(address)
    under_way = _("Under way: %(what)s") % {"what": title_of(job_of(request.actor, job.pk))}
    messages.info(request, under_way, extra_tags=address)
    return back(request) or redirect(address)


def job_row(told: Told) -> dict[str, Any]:
    job = told.job
    return {
        "id": job.pk,
        "act": job.act,
        "title": title_of(told),
        "state": job.state,
        "state_words": JobState(job.state).label,
        "is_open": job.is_open,
        "words": words_of(job),
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "created_at": job.created_at,
        "ended_at": job.ended_at,
        "target_id": told.target.pk if told.target else None,
        "undo": told.undo,
    }


def title_of(told: Told) -> str:
    job = told.job
    words = {
        BulkAct.TRASH: ngettext(
            "Move %(n)s item to the trash", "Move %(n)s items to the trash", job.total
        ),
        BulkAct.MOVE: ngettext(
            "Move %(n)s item to “%(folder)s”", "Move %(n)s items to “%(folder)s”", job.total
        ),
        BulkAct.GRANT: ngettext(
            "Give access to %(n)s item", "Give access to %(n)s items", job.total
        ),
    }[BulkAct(job.act)]
    return words % {"n": with_commas(job.total), "folder": name_of(told.target)}


def name_of(folder: Folder | None) -> str:
    if folder is None:
        return str(UNSEEN)
    return _("Documents") if folder.is_root else folder.name


def words_of(job: Job) -> str:
    """How far it is; at its end, what came of it."""
    went, failed = with_commas(job.went), with_commas(job.failed)
    if job.is_open or job.done < job.total:
        words = _("%(done)s of %(total)s")
        return words % {"done": with_commas(job.done), "total": with_commas(job.total)}
    if job.failed:
        return _("%(went)s done, %(failed)s not") % {"went": went, "failed": failed}
    return _("All %(went)s done") % {"went": went}


def failure_rows(refusals: Refusals) -> list[dict[str, Any]]:
    return [
        {
            "kind": failure.kind,
            "name": node.name if node else "",
            "node_id": node.pk if node else None,
            "restricted": bool(node and node.restricted),
            "words": failure.words,
            "code": failure.code,
        }
        for failure in refusals.failures
        for node in [refusals.nodes.get(failure.node)]
    ]
