"""A large institution: a hundred thousand rows are checked, five thousand written."""

import io
import random
from datetime import date, datetime

import pytest
from django.conf import settings

from lms.people.models import Person, Posting
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import Problem
from lms.people.services import rosters
from tests.factories.people import InstitutionFactory
from tests.people.rosters import DAY, csv_file, line

pytestmark = pytest.mark.django_db


def _wrong(number: int) -> dict[str, object]:
    return [
        {"run": "11.111.111-0"},
        {"estamento": "Rey"},
        {"nombres": "=1+1"},
        {"correo": "sin arroba"},
    ][number % 4]


def _file(rows: int, wrong: set[int]) -> io.BytesIO:
    return csv_file(
        line(n, unidad=f"Unidad {n % 300}", **(_wrong(n) if n in wrong else {})) for n in range(rows)
    )


def _read(file: io.BytesIO, institution: object, at: datetime, day: date = DAY) -> object:
    return rosters.read_roster(
        institution=institution,
        file=file,
        file_name="nomina.csv",
        roster_date=day,
        run_key=settings.RUN_KEY,
        uploaded_by=None,
        at=at,
    )


def test_a_hundred_thousand_rows_with_one_percent_wrong_are_judged_exactly(at: datetime) -> None:
    wrong = set(random.Random(7).sample(range(100_000), 1_000))

    roster = _read(_file(100_000, wrong), InstitutionFactory(), at)

    counts = RosterCounts.from_stored(roster.counts)
    found = {problem.row - 2 for problem in rosters.list_problems(roster=roster)}
    assert (counts.correct, counts.wrong, counts.new, counts.new_units) == (99_000, 1_000, 99_000, 300)
    assert found == wrong
    assert Problem.DUPLICATE not in {problem.problem for problem in rosters.list_problems(roster=roster)}


def test_five_thousand_rows_are_written_and_moved_whole(at: datetime) -> None:
    institution = InstitutionFactory()
    rosters.apply_roster(roster=_read(_file(5_000, set()), institution, at, date(2026, 6, 1)), at=at)
    moved = csv_file(line(n, unidad=f"Unidad {(n + n % 10 // 9) % 300}") for n in range(4_900))

    counts = rosters.apply_roster(roster=_read(moved, institution, at), at=at)

    assert (counts.moved, counts.unchanged, counts.ended) == (490, 4_410, 100)
    assert Person.objects.count() == 5_000
    assert Posting.objects.valid_on(DAY).count() == 4_900
