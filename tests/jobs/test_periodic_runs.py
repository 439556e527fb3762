from datetime import datetime, timedelta

import pytest

from lms.jobs import rules, services
from lms.jobs.models import PeriodicRun
from lms.jobs.schedule import PeriodicJob
from lms.jobs.worker import run_periodic_job

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def claim(at: datetime) -> bool:
    return services.claim_periodic_run(name="tidy", period=HOUR, at=at)


def test_first_run_is_due_at_once(at: datetime) -> None:
    assert claim(at)


def test_second_worker_does_not_get_the_same_run(at: datetime) -> None:
    claim(at)
    assert not claim(at)


def test_finished_run_is_due_again_after_its_period(at: datetime) -> None:
    claim(at)
    services.finish_periodic_run(name="tidy", at=at + timedelta(minutes=1))
    assert not claim(at + HOUR - timedelta(seconds=1))
    assert claim(at + HOUR)


def test_run_that_still_goes_on_is_not_started_twice(at: datetime) -> None:
    services.claim_periodic_run(name="tidy", period=timedelta(seconds=3), at=at)
    later = at + timedelta(minutes=5)
    assert not services.claim_periodic_run(name="tidy", period=timedelta(seconds=3), at=later)


def test_run_of_a_killed_worker_is_due_after_the_lease(at: datetime) -> None:
    services.claim_periodic_run(name="tidy", period=timedelta(seconds=3), at=at)
    assert services.claim_periodic_run(name="tidy", period=timedelta(seconds=3), at=at + rules.LEASE)


def test_function_receives_the_instant() -> None:
    calls: list[datetime] = []
    job = PeriodicJob(name="note", every=60, function=lambda *, at: calls.append(at))
    assert run_periodic_job(job)
    assert calls[0].tzinfo is not None
    assert not run_periodic_job(job)


def test_error_is_recorded_without_its_message() -> None:
    def explode(*, at: datetime) -> None:
        raise ValueError("ana@example.org")

    run_periodic_job(PeriodicJob(name="explode", every=60, function=explode))
    run = PeriodicRun.objects.get(name="explode")
    assert run.last_error.startswith("ValueError (explode")
    assert "ana" not in run.last_error
    assert run.last_finished_at is not None
