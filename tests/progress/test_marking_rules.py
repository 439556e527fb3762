"""What an open answer is worth, and which attempts ask for a look."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from lms.progress.rules.marking import decide_mark
from lms.progress.rules.signs import Sign, Timed, find_signs

ONE, HALF, NONE = Fraction(1), Fraction(1, 2), Fraction(0)
NOON = datetime(2026, 11, 20, 12)


@pytest.mark.parametrize(
    ("scores", "by_two", "score"),
    [
        ([], False, None),
        ([HALF], False, HALF),
        ([HALF], True, None),
        ([HALF, Fraction(3, 4)], True, Fraction(5, 8)),
        ([ONE, HALF], True, None),
        ([ONE, HALF, NONE], True, HALF),
        ([NONE, ONE, ONE], True, ONE),
    ],
)
def test_marks_make_a_score(scores: list[Fraction], by_two: bool, score: Fraction | None) -> None:
    assert decide_mark(scores=scores, by_two=by_two).score == score


def taken(key: int, *, start: int = 0, pace: float = 30, answer: int = 0, passed: bool = True) -> Timed:
    begun = NOON + timedelta(seconds=start)
    answers = {f"q{n}": ([answer], begun + timedelta(seconds=pace * (n + 1))) for n in range(6)}
    return Timed(key, key, begun, answers, passed)


def signs(*attempts: Timed, fresh: frozenset[int] | None = None) -> list[tuple[int, Sign, int | None]]:
    keys = frozenset(one.key for one in attempts) if fresh is None else fresh
    return [(found.key, found.sign, found.with_key) for found in find_signs(attempts=attempts, fresh=keys)]


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([taken(1)], []),
        ([taken(1, pace=2)], [(1, Sign.TOO_FAST, None)]),
        ([taken(1, pace=2, passed=False)], []),
        ([taken(1, pace=0)], []),  # sent together: one moment says nothing
        ([taken(1), taken(2, start=2)], [(2, Sign.SAME_TIMING, 1)]),
        ([taken(1), taken(2, start=20)], []),
        ([taken(1), taken(2, start=1, answer=1)], []),
    ],
)
def test_signs_are_found(attempts: list[Timed], expected: list[tuple[int, Sign, int | None]]) -> None:
    assert signs(*attempts) == expected


def test_one_person_is_not_compared_with_itself() -> None:
    first = taken(1)
    again = Timed(2, 1, first.started_at, first.answers, passed=True)
    assert signs(first, again) == []


def test_a_pair_is_told_only_where_one_of_them_is_new() -> None:
    assert signs(taken(1), taken(2, start=1), fresh=frozenset()) == []
    assert signs(taken(1), taken(2, start=1), fresh=frozenset({1})) == [(2, Sign.SAME_TIMING, 1)]
