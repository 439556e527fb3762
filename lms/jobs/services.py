"""Writes about jobs: claim and finish periodic runs, try tasks again, forget old results."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lms.jobs import processes, rules
from lms.jobs.models import PeriodicRun

TaskRow = DBTaskResult[..., Any]
KEEP_SUCCESSFUL = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
_FAILED_LATELY = timedelta(hours=1)


class WorkerLostError(RuntimeError):
    """The process that ran a task ended in the middle, as often as a task is tried."""


def claim_periodic_run(*, name: str, period: timedelta, at: datetime) -> bool:
    """Takes the run that is due at ``at``; False where none is due or another worker has it.

    A run that never finished (its worker was killed) is due again after the lease or the period,
    whichever is longer. Two queries.
    """
    PeriodicRun.objects.get_or_create(name=name)
    finished = Q(last_finished_at__gte=F("last_started_at"))
    due = (
        Q(last_started_at=None)
        | Q(last_started_at__lte=at - period) & finished
        | Q(last_started_at__lte=at - max(period, rules.LEASE))
    )
    return PeriodicRun.objects.filter(due, name=name).update(last_started_at=at) == 1


def finish_periodic_run(*, name: str, at: datetime, error: str = "") -> None:
    """Records the end of a claimed run; ``error`` is the kind and place of a failure."""
    PeriodicRun.objects.filter(name=name).update(last_finished_at=at, last_error=error[:300])


def requeue_lost_tasks(*, at: datetime) -> int:
    """Gives back tasks whose worker is gone; returns how many.

    Gone means: a process of this machine that no longer runs, or a worker elsewhere that began
    longer ago than the lease. A task lost on its last attempt becomes failed.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return sum(_requeue(task, at=at) for task in running if _is_lost(task, at=at))


def retry_failed_tasks(*, at: datetime) -> int:
    """Queues again what failed within the last hour and has attempts left; returns how many."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=at - _FAILED_LATELY)
    left = [task for task in failed if rules.may_try_again(attempts=len(task.worker_ids))]
    return sum(_requeue(task, at=at) for task in left)


def forget_finished_tasks(*, at: datetime) -> int:
    """Deletes successful results after a week and failed ones after 90 days; returns how many."""
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEEP_SUCCESSFUL) | Q(
        status=TaskResultStatus.FAILED, finished_at__lt=at - KEEP_FAILED
    )
    return DBTaskResult.objects.filter(old).delete()[0]


def _is_lost(task: TaskRow, *, at: datetime) -> bool:
    worker = rules.parse_worker_identity(task.worker_ids[-1]) if task.worker_ids else None
    if worker is not None and processes.is_local(worker):
        return processes.is_dead(worker)
    return task.started_at is None or task.started_at < at - rules.LEASE


def _requeue(task: TaskRow, *, at: datetime) -> int:
    """1 where the row changed; 0 where somebody else was faster (the claim's instant differs)."""
    attempts = len(task.worker_ids)
    same_claim = DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at)
    if rules.may_try_again(attempts=attempts):
        return same_claim.update(
            status=TaskResultStatus.READY,
            started_at=None,
            finished_at=None,
            run_after=at + rules.delay_before_attempt(attempts=attempts),
        )
    return same_claim.update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path=f"{__name__}.{WorkerLostError.__qualname__}",
        traceback=WorkerLostError.__doc__,
    )
