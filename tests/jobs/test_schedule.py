import inspect
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest

from lms.jobs import schedule


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_jobs", {})


@pytest.mark.usefixtures("registry")
def test_decorated_function_is_registered_under_its_full_name() -> None:
    @schedule.every(60)
    def tidy(*, at: datetime) -> None: ...

    (job,) = schedule.list_jobs()
    assert job.name.startswith("tests.jobs.test_schedule.")
    assert job.period() == timedelta(minutes=1)
    assert job.function is tidy


@pytest.mark.usefixtures("registry")
def test_period_is_read_from_the_named_setting(settings: Any) -> None:
    @schedule.every("COVERAGE_REFRESH_SECONDS")
    def refresh(*, at: datetime) -> None: ...

    settings.COVERAGE_REFRESH_SECONDS = 7
    assert schedule.list_jobs()[0].period() == timedelta(seconds=7)


def test_whatever_stands_in_a_periodic_module_is_called_by_the_worker() -> None:
    modules = {name: module for name, module in sys.modules.items() if name.endswith(".periodic")}
    declared = {
        f"{name}.{function}"
        for name, module in modules.items()
        for function, found in vars(module).items()
        if inspect.isfunction(found) and found.__module__ == name and not function.startswith("_")
    }
    assert declared
    assert declared == {job.name for job in schedule.list_jobs() if job.function.__module__ in modules}
