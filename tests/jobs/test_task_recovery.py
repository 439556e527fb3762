import dataclasses
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from lms.jobs import processes, rules, services
from lms.jobs.selectors import QueueStatus, queue_status

pytestmark = pytest.mark.django_db
ELSEWHERE = "elsewhere:77:5f"


def make_task(**values: Any) -> DBTaskResult:
    defaults: dict[str, Any] = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "tests.jobs.tasks.append_line",
        "backend_name": "default",
        "exception_class_path": "",
        "traceback": "",
    }
    return DBTaskResult.objects.create(**defaults | values)


def dead_worker() -> str:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
        return dataclasses.replace(processes.own_identity(), pid=child.pid).as_text()


def make_running(at: datetime, *workers: str) -> DBTaskResult:
    return make_task(status=TaskResultStatus.RUNNING, started_at=at, run_after=at, worker_ids=list(workers))


def make_failed(at: datetime, *, attempts: int) -> DBTaskResult:
    return make_task(
        status=TaskResultStatus.FAILED,
        started_at=at,
        finished_at=at,
        run_after=at,
        worker_ids=[ELSEWHERE] * attempts,
    )


def test_task_of_a_dead_process_is_queued_again(at: datetime) -> None:
    task = make_running(at, dead_worker())
    assert services.requeue_lost_tasks(at=at) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert task.run_after == at + timedelta(seconds=2)


def test_task_of_a_living_process_is_left_alone(at: datetime) -> None:
    make_running(at, processes.own_identity().as_text())
    assert services.requeue_lost_tasks(at=at + timedelta(days=1)) == 0


def test_task_of_another_machine_is_left_alone_until_the_lease_ends(at: datetime) -> None:
    make_running(at, ELSEWHERE)
    assert services.requeue_lost_tasks(at=at + rules.LEASE) == 0
    assert services.requeue_lost_tasks(at=at + rules.LEASE + timedelta(seconds=1)) == 1


def test_task_lost_for_the_third_time_fails(at: datetime) -> None:
    task = make_running(at, ELSEWHERE, ELSEWHERE, dead_worker())
    services.requeue_lost_tasks(at=at)
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert task.exception_class_path == "lms.jobs.services.WorkerLostError"


@pytest.mark.parametrize(("attempts", "retried"), [(1, 1), (2, 1), (3, 0)])
def test_failed_task_is_tried_three_times(at: datetime, attempts: int, retried: int) -> None:
    make_failed(at, attempts=attempts)
    assert services.retry_failed_tasks(at=at) == retried


def test_old_results_are_forgotten(at: datetime) -> None:
    make_task(status=TaskResultStatus.SUCCESSFUL, finished_at=at - timedelta(days=8), run_after=at)
    kept = make_task(status=TaskResultStatus.SUCCESSFUL, finished_at=at - timedelta(days=6), run_after=at)
    make_failed(at - timedelta(days=91), attempts=3)
    kept_failure = make_failed(at - timedelta(days=89), attempts=3)
    services.forget_finished_tasks(at=at)
    assert set(DBTaskResult.objects.all()) == {kept, kept_failure}


def test_empty_queue_has_no_age(at: datetime) -> None:
    assert queue_status(at=at) == QueueStatus(ready=0, running=0, failed=0, oldest_ready_age_seconds=None)


def test_status_counts_what_is_due_running_and_failed(at: datetime) -> None:
    make_task(run_after=at - timedelta(seconds=90))
    make_task(run_after=at + timedelta(hours=1))
    make_running(at, ELSEWHERE)
    make_failed(at, attempts=3)
    assert queue_status(at=at) == QueueStatus(ready=1, running=1, failed=1, oldest_ready_age_seconds=90.0)


def test_task_without_a_set_time_counts_from_when_it_was_queued(
    at: datetime, django_assert_num_queries: Any
) -> None:
    task = make_task(run_after=get_date_max())
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=at - timedelta(seconds=30))
    with django_assert_num_queries(1):
        status = queue_status(at=at)
    assert status.ready == 1
    assert status.oldest_ready_age_seconds == 30.0
