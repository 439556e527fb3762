"""The worker process: django-tasks-db's, with retries, recovery and periodic functions."""

import logging
import signal
import sys
import threading
import traceback
from datetime import datetime, timedelta
from types import FrameType

from django.db import close_old_connections
from django.db.utils import OperationalError
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from lms.jobs import processes, services
from lms.jobs.schedule import PeriodicJob, list_jobs
from lms.jobs.services import TaskRow
from lms.lib import clock

logger = logging.getLogger(__name__)
RECOVER_EVERY = timedelta(minutes=1)


class SteadyWorker(Worker):
    """Runs tasks one by one; between them, whatever is due.

    SIGTERM or SIGINT: ends after the task in hand; a second one ends at once, and the task is
    taken up again later.
    """

    def __init__(self, *, interval: float, batch: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=processes.own_identity().as_text(),
            excluded_queue_names=[],
        )
        self._wake = threading.Event()
        self._recovered_at: datetime | None = None
        self._ask_again_at: dict[str, datetime] = {}

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if not self.running:
            self.reset_signals()
            sys.exit(1)
        logger.info("%s: termino lo que está en curso y paro.", signal.strsignal(signum))
        self.running = False
        self._wake.set()

    def run(self) -> None:
        logger.info("Empieza el trabajador %s.", self.worker_id)
        while self.running:
            close_old_connections()
            self.recover_tasks()
            self.run_periodic_jobs()
            task = self.claim_task() if self.running else None
            if task is not None:
                self.run_task(task)
            elif self.batch:
                return
            else:
                self._wake.wait(self.interval)

    def claim_task(self) -> TaskRow | None:
        """The next due task, marked as ours; None where there is none or the database is busy."""
        tasks = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        try:
            with exclusive_transaction(tasks.db):
                task: TaskRow | None = tasks.get_locked()
                if task is not None:
                    task.claim(self.worker_id)
        except OperationalError as error:
            if is_locked_database_exception(error):
                return None
            raise
        return task

    def run_task(self, db_task_result: TaskRow) -> None:
        super().run_task(db_task_result)
        services.retry_failed_tasks(at=clock.now())

    def recover_tasks(self) -> None:
        """At the start and every minute: tasks of lost workers, and failures not yet arranged."""
        at = clock.now()
        if self._recovered_at is not None and at < self._recovered_at + RECOVER_EVERY:
            return
        self._recovered_at = at
        if lost := services.requeue_lost_tasks(at=at):
            logger.warning("%s tareas de un trabajador que ya no existe vuelven a la cola.", lost)
        services.retry_failed_tasks(at=at)

    def run_periodic_jobs(self) -> None:
        """Runs each due periodic function that no other worker has taken.

        The database is asked about a function once per period, or once a minute.
        """
        for job in list_jobs():
            at = clock.now()
            if self.running and at >= self._ask_again_at.get(job.name, at):
                has_run = run_periodic_job(job)
                pause = job.period() if has_run else min(job.period(), RECOVER_EVERY)
                self._ask_again_at[job.name] = at + pause


def run_periodic_job(job: PeriodicJob) -> bool:
    """Runs ``job`` if it is due; True where it ran. An error is logged and recorded, not raised."""
    at = clock.now()
    if not services.claim_periodic_run(name=job.name, period=job.period(), at=at):
        return False
    error = ""
    try:
        job.function(at=at)
    except Exception as problem:
        logger.exception("Falló %s.", job.name)
        place = traceback.extract_tb(problem.__traceback__)[-1]
        error = f"{type(problem).__qualname__} ({place.name}, línea {place.lineno})"
    services.finish_periodic_run(name=job.name, at=clock.now(), error=error)
    return True
