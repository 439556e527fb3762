"""Real worker processes on a committed database."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.jobs import tasks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]
PATIENCE_SECONDS = 30
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(database_url: str) -> Iterator[Start]:
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.settings",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "manage.py", "run_worker", "--interval", "0.1", *arguments]
        started.append(subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(PATIENCE_SECONDS * 20):
        if condition():
            return
        tick.wait(0.05)
    pytest.fail(f"Nothing happened within {PATIENCE_SECONDS} seconds.")


def test_task_of_a_worker_killed_in_the_middle_is_run_again(start_worker: Start, tmp_path: Path) -> None:
    started, finished = tmp_path / "started", tmp_path / "finished"
    task = tasks.hang_the_first_time.enqueue(started=str(started), finished=str(finished))
    victim = start_worker()
    wait_until(started.exists)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert DBTaskResult.objects.get(pk=task.id).status == TaskResultStatus.RUNNING

    start_worker()
    wait_until(finished.exists)
    wait_until(lambda: DBTaskResult.objects.get(pk=task.id).status == TaskResultStatus.SUCCESSFUL)
    assert len(DBTaskResult.objects.get(pk=task.id).worker_ids) == 2


def test_failing_task_is_tried_three_times_and_then_stays_failed(start_worker: Start, tmp_path: Path) -> None:
    log = tmp_path / "log"
    task = tasks.fail.enqueue(file=str(log))
    start_worker()
    wait_until(lambda: log.exists() and log.read_text().count("run") == 3)
    wait_until(lambda: DBTaskResult.objects.get(pk=task.id).status == TaskResultStatus.FAILED)
    assert len(DBTaskResult.objects.get(pk=task.id).worker_ids) == 3


def test_sigterm_ends_an_idle_worker_without_an_error(start_worker: Start, tmp_path: Path) -> None:
    log = tmp_path / "log"
    tasks.append_line.enqueue(file=str(log))
    worker = start_worker()
    wait_until(log.exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE_SECONDS) == 0


def test_batch_ends_when_nothing_is_left(start_worker: Start, tmp_path: Path) -> None:
    log = tmp_path / "log"
    for _ in range(3):
        tasks.append_line.enqueue(file=str(log))
    assert start_worker("--batch").wait(timeout=PATIENCE_SECONDS) == 0
    assert log.read_text() == "run\n" * 3


def test_rolled_back_transaction_leaves_no_task() -> None:
    with pytest.raises(RuntimeError, match="undo"):
        _enqueue_and_fail()
    assert not DBTaskResult.objects.exists()


def _enqueue_and_fail() -> None:
    with transaction.atomic():
        tasks.append_line.enqueue(file="never")
        raise RuntimeError("undo")
