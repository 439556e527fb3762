"""Which version of a requirement is in force on a day."""

from datetime import date

import pytest

from lms.progress.rules.requirements import version_on
from tests.progress.timelines import version

VERSIONS = [version(effective_from=date(2026, month, 1)) for month in (3, 6, 9)]


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2026, 1, 1), 0),
        (date(2026, 3, 1), 0),
        (date(2026, 5, 31), 0),
        (date(2026, 6, 1), 1),
        (date(2030, 1, 1), 2),
    ],
)
def test_the_last_that_has_begun_is_in_force_and_the_first_before_it(day: date, place: int) -> None:
    assert version_on(versions=VERSIONS, day=day) is VERSIONS[place]


def test_of_two_that_begin_on_one_day_the_later_is_in_force() -> None:
    same = [version(effective_from=date(2026, 3, 1)) for _number in range(2)]
    assert version_on(versions=same, day=date(2026, 3, 1)) is same[1]
