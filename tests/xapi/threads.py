"""Several at once on one database, each with its own connection."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

PATIENCE_SECONDS = 60


def run_at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Run all of them, started together; what went wrong in any of them."""
    start, failures = threading.Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE_SECONDS)
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return failures


@contextmanager
def uncommitted(work: Callable[[], object]) -> Iterator[None]:
    """While the block runs, ``work`` is done in another thread but not committed; afterwards it is."""
    done, commit = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def run() -> None:
        try:
            with transaction.atomic():
                work()
                done.set()
                commit.wait(PATIENCE_SECONDS)
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert done.wait(PATIENCE_SECONDS)
    try:
        yield
    finally:
        commit.set()
        thread.join(PATIENCE_SECONDS)
    assert failures == []
