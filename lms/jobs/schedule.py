"""Functions that the worker calls again and again.

An app declares them beside its tasks and imports that module in ``AppConfig.ready``::

    @every("COVERAGE_REFRESH_SECONDS")
    def refresh_coverage(*, at: datetime) -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings


class PeriodicFunction(Protocol):
    """Takes the instant of the call; safe to run twice and to miss a turn."""

    __module__: str
    __qualname__: str

    def __call__(self, *, at: datetime) -> None: ...


@dataclass(frozen=True, kw_only=True)
class PeriodicJob:
    """A function, its name (``lms.plan.periodic.refresh_coverage``) and how often it runs.

    ``every`` is a number of seconds or the name of the setting that holds it.
    """

    name: str
    every: int | str
    function: PeriodicFunction

    def period(self) -> timedelta:
        """The time from one start to the next."""
        seconds = getattr(settings, self.every) if isinstance(self.every, str) else self.every
        return timedelta(seconds=seconds)


_jobs: dict[str, PeriodicJob] = {}


def every(period: int | str) -> Callable[[PeriodicFunction], PeriodicFunction]:
    """Registers the decorated function; ``period`` in seconds, or the name of a setting."""

    def register(function: PeriodicFunction) -> PeriodicFunction:
        name = f"{function.__module__}.{function.__qualname__}"
        _jobs[name] = PeriodicJob(name=name, every=period, function=function)
        return function

    return register


def list_jobs() -> list[PeriodicJob]:
    """All registered jobs, by name."""
    return [_jobs[name] for name in sorted(_jobs)]
