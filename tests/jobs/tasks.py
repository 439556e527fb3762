"""Tasks that only the tests of the queue run."""

import threading
from pathlib import Path

from django_tasks import task


@task
def append_line(*, file: str) -> None:
    with Path(file).open("a") as log:
        log.write("run\n")


@task
def fail(*, file: str) -> None:
    with Path(file).open("a") as log:
        log.write("run\n")
    raise ValueError("this task always fails")


@task
def hang_the_first_time(*, started: str, finished: str) -> None:
    """Waits for ever unless somebody has begun it before."""
    if not Path(started).exists():
        Path(started).touch()
        threading.Event().wait()
    Path(finished).touch()
