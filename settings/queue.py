"""The engine behind `django.tasks`: procrastinate, in the same PostgreSQL and transaction.

A job is one row that commits with what asked for it, and names its task by import path. Its
arguments lie in a table without a tenant: ids only, never names.
"""

from typing import Any

from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult, TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import App, Blueprint
from procrastinate.contrib.django import app as procrastinate_app

RUN = "strongroom:run"
tasks = Blueprint()


class ProcrastinateBackend(BaseTaskBackend):
    supports_defer = True
    supports_priority = True
    supports_get_result = False
    supports_async_task = False

    def enqueue(self, task: "Task[..., Any]", args: Any, kwargs: Any) -> Any:
        self.validate_task(task)
        job = procrastinate_app.configure_task(
            RUN, queue=task.queue_name, priority=task.priority, schedule_at=task.run_after
        ).defer(path=task.module_path, args=list(args), kwargs=dict(kwargs))
        return TaskResult(
            task=task,
            id=str(job),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


@tasks.task(name="run")
def run(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """What a worker does with a job: the task's own function, which opens its own scope."""
    task: Task[..., Any] = import_string(path)
    task.func(*args, **kwargs)


@tasks.periodic(cron="*/5 * * * *")
@tasks.task(name="sweep", queueing_lock="sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every five minutes: what uploads left behind."""
    run("vault.flows.sweep.sweep_later", [], {})


@tasks.periodic(cron="0 6 * * *")
@tasks.task(name="digest", queueing_lock="digest", pass_context=False)
def digest(timestamp: int) -> None:
    """At six, UTC: the notifications of those who want their mails together."""
    run("vault.flows.mail_notices.digest_later", [], {})


@tasks.periodic(cron="30 3 * * *")
@tasks.task(name="check-chains", queueing_lock="check-chains", pass_context=False)
def check_chains(timestamp: int) -> None:
    """At night: the trail of every organisation is read from its first event to its last."""
    run("vault.flows.trail.check_chains_later", [], {})


def on_app_ready(app: App) -> None:
    app.add_tasks_from(tasks, namespace="strongroom")
