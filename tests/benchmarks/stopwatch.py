"""Seconds and queries of one action."""

import statistics
import time
from collections.abc import Callable

from tests.benchmarks.cases import Figure
from tests.queries import count_queries

REPETITIONS = 5


def measure(*, name: str, action: Callable[[], object], warm: bool = True) -> Figure:
    """The median of five runs after a first one that does not count; queries of one more run.

    ``warm=False`` is for jobs of many seconds: one run, queries not counted.
    """
    if not warm:
        return Figure(name, _time(action))
    action()
    seconds = statistics.median(_time(action) for _ in range(REPETITIONS))
    return Figure(name, seconds, count_queries(action))


def _time(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
