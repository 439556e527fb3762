"""The one definition of training coverage, as it is counted in the database."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lms.people.models import Institution, Person
from lms.progress.models import Enrolment
from lms.progress.selectors.coverage import Cell, count_cells, end_of
from tests.factories.plan import COURSE, Group, create_institution, populate

CHILE = ZoneInfo("America/Santiago")
DAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def institution() -> Institution:
    """Ten people; six enrolled, four of them completed."""
    institution = create_institution(code="S01", name="Servicio Uno")
    populate(Group(institution, 10, 4, reached=6))
    return institution


def count(**options: Any) -> Cell:
    (cell,) = count_cells(course_codes=[COURSE], cutoff=DAY, dimensions=("institution_id",), **options)
    return cell


def test_each_figure_counts_its_people(institution: Institution) -> None:
    cell = count()
    assert (cell.headcount, cell.reached, cell.started, cell.assessed, cell.completed) == (10, 6, 4, 0, 4)


def test_a_figure_that_was_not_asked_for_is_zero(institution: Institution) -> None:
    cell = count(figures=("completed",))
    assert (cell.headcount, cell.reached, cell.completed) == (10, 0, 4)


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="inventada"):
        count_cells(course_codes=[COURSE], cutoff=DAY, dimensions=(), figures=("inventada",))


def test_an_erased_person_is_not_counted(institution: Institution, at: datetime) -> None:
    Person.objects.filter(completions__isnull=True).update(erased_at=at)
    assert count().headcount == 4


def test_the_last_instant_of_the_day_in_chile_still_counts(institution: Institution) -> None:
    Enrolment.objects.update(started_at=datetime(2026, 11, 20, 23, 59, 59, 999999, tzinfo=CHILE))
    assert count().reached == 6


def test_midnight_in_chile_counts_for_the_next_day(institution: Institution) -> None:
    Enrolment.objects.update(started_at=datetime(2026, 11, 21, tzinfo=CHILE))
    assert count().reached == 0


@pytest.mark.parametrize("day", [date(2026, 4, 4), date(2026, 4, 5), date(2026, 9, 5), date(2026, 9, 6)])
def test_the_end_of_a_day_on_which_clocks_change_is_the_first_instant_after_it(day: date) -> None:
    end = end_of(day=day)
    before = (end.astimezone(ZoneInfo("UTC")) - timedelta(microseconds=1)).astimezone(CHILE)
    after = end.astimezone(ZoneInfo("UTC")).astimezone(CHILE)
    assert (before.date(), after.date()) == (day, day + timedelta(days=1))
