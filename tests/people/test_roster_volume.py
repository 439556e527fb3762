"""A large institution: a hundred thousand rows are checked, five thousand written."""

import io
import random
from datetime import datetime

import pytest

from lms.people.models import Person, Posting
from lms.people.rosters.problems import Problem
from lms.people.selectors.rosters import list_problems
from tests.factories.people import InstitutionFactory
from tests.people.rosters import DAY, EARLIER, TERMS, apply_roster, counts_of, csv_file, line, read_roster

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


def test_a_hundred_thousand_rows_with_one_percent_wrong_are_judged_exactly(at: datetime) -> None:
    wrong = set(random.Random(7).sample(range(100_000), 1_000))

    roster = read_roster(InstitutionFactory(), _file(100_000, wrong), at=at)

    counts = counts_of(roster)
    problems = list(list_problems(roster=roster, keys=[TERMS.sealing_key]))
    found = {problem.row - 2 for problem in problems}
    assert (counts.correct, counts.wrong, counts.new, counts.new_units) == (99_000, 1_000, 99_000, 300)
    assert found == wrong
    assert Problem.DUPLICATE not in {problem.problem for problem in problems}


def test_five_thousand_rows_are_written_and_moved_whole(at: datetime) -> None:
    institution = InstitutionFactory()
    apply_roster(read_roster(institution, _file(5_000, set()), at=at, day=EARLIER), at=at)
    moved = csv_file(line(n, unidad=f"Unidad {(n + n % 10 // 9) % 300}") for n in range(4_900))

    counts = apply_roster(read_roster(institution, moved, at=at), at=at)

    assert (counts.moved, counts.unchanged, counts.ended) == (490, 4_410, 100)
    assert Person.objects.count() == 5_000
    assert Posting.objects.valid_on(DAY).count() == 4_900
