"""What counts as finished, completed, allowed and due: tables of cases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.outline import AssessmentRule, CompletionRule, DrawSpec
from lms.progress.rules import (
    AttemptFact,
    AttemptRefusal,
    Condition,
    UnitRefusal,
    add_months,
    decide_attempt,
    decide_completion,
    decide_unit,
    expiry_date,
    next_unit,
    progress_percent,
)
from tests.outlines import RULE, small_outline

NOON = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_a_course_is_complete_when_lessons_assessment_and_dilemma_are_done() -> None:
    decision = decide_completion(
        outline=small_outline(), finished={"l1", "l2", "l3", "final"}, assessment_passed=True
    )
    assert decision.is_complete


@pytest.mark.parametrize(
    ("finished", "passed", "missing"),
    [
        ({"l1", "l2"}, True, {Condition.LESSONS, Condition.DILEMMAS}),
        ({"l1", "l2", "l3"}, False, {Condition.ASSESSMENT}),
        (set(), False, {Condition.LESSONS, Condition.ASSESSMENT, Condition.DILEMMAS}),
    ],
)
def test_a_course_says_which_conditions_are_missing(
    finished: set[str], passed: bool, missing: set[Condition]
) -> None:
    decision = decide_completion(outline=small_outline(), finished=finished, assessment_passed=passed)
    assert {c.condition for c in decision.conditions if not c.is_met} == missing


def test_a_course_that_asks_for_nothing_else_is_complete_by_its_lessons() -> None:
    outline = small_outline(completion=CompletionRule(True, False, 0), assessment=None)
    assert decide_completion(
        outline=outline, finished={"l1", "l2", "l3"}, assessment_passed=False
    ).is_complete


def test_units_of_another_course_count_for_nothing() -> None:
    decision = decide_completion(outline=small_outline(), finished={"ajena"}, assessment_passed=True)
    assert decision.conditions[0].done == 0


def test_progress_is_a_hundred_only_when_every_unit_is_finished() -> None:
    outline = small_outline()
    assert progress_percent(outline=outline, finished={"l1", "l2", "l3"}) == 75
    assert progress_percent(outline=outline, finished={"l1", "l2", "l3", "final"}) == 100


def test_one_goes_on_with_the_first_unit_that_is_not_finished() -> None:
    following = next_unit(outline=small_outline(), finished={"l1", "l3"})
    assert following is not None and following.key == "l2"


@pytest.mark.parametrize(
    ("unit", "answered", "dilemma_done", "expected"),
    [
        ("l1", set(), False, UnitRefusal.CHECKS_MISSING),
        ("l1", {"p1"}, False, None),
        ("l2", set(), False, None),
        ("l3", set(), False, UnitRefusal.DILEMMA_MISSING),
        ("l3", set(), True, None),
        ("final", set(), True, UnitRefusal.IS_ASSESSMENT),
    ],
)
def test_a_unit_is_finished_only_when_what_it_asks_is_done(
    unit: str, answered: set[str], dilemma_done: bool, expected: UnitRefusal | None
) -> None:
    spec = small_outline().get_unit(unit)
    assert decide_unit(unit=spec, answered_checks=answered, dilemma_done=dilemma_done) == expected


def attempt(number: int, *, hours_ago: float | None = None, passed: bool | None = None) -> AttemptFact:
    submitted = NOON - timedelta(hours=hours_ago) if hours_ago is not None else None
    return AttemptFact(number, submitted, passed)


@pytest.mark.parametrize(
    ("attempts", "lessons_finished", "refusal"),
    [
        ([], False, AttemptRefusal.LESSONS_MISSING),
        ([], True, None),
        ([attempt(1, hours_ago=23.9, passed=False)], True, AttemptRefusal.TOO_SOON),
        ([attempt(1, hours_ago=24, passed=False)], True, None),
        ([attempt(1, hours_ago=99, passed=True)], True, AttemptRefusal.ALREADY_PASSED),
        ([attempt(n, hours_ago=99, passed=False) for n in (1, 2, 3)], True, AttemptRefusal.NONE_LEFT),
        ([attempt(1)], False, None),
    ],
)
def test_an_attempt_starts_only_by_the_rule(
    attempts: list[AttemptFact], lessons_finished: bool, refusal: AttemptRefusal | None
) -> None:
    decision = decide_attempt(rule=RULE, attempts=attempts, lessons_finished=lessons_finished, at=NOON)
    assert decision.refusal == refusal


def test_an_open_attempt_goes_on_even_when_no_new_one_could_start() -> None:
    attempts = [attempt(1, hours_ago=1, passed=False), attempt(2)]
    assert decide_attempt(rule=RULE, attempts=attempts, lessons_finished=True, at=NOON).open_number == 2


def test_a_refused_attempt_says_from_when_it_is_allowed() -> None:
    attempts = [attempt(1, hours_ago=1, passed=False)]
    decision = decide_attempt(rule=RULE, attempts=attempts, lessons_finished=True, at=NOON)
    assert decision.not_before == NOON + timedelta(hours=23)


def test_a_rule_without_limit_never_runs_out_of_attempts() -> None:
    free = AssessmentRule(70, 0, 0, (DrawSpec("INT-1", 1),))
    attempts = [attempt(n, hours_ago=1, passed=False) for n in range(1, 50)]
    assert decide_attempt(rule=free, attempts=attempts, lessons_finished=True, at=NOON).is_allowed


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 11, 25), 24, date(2028, 11, 25)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_an_expiry_never_falls_before_the_completion(day: date, months: int) -> None:
    expiry = expiry_date(completed_on=day, months=months)
    assert expiry is None if months == 0 else expiry is not None and expiry > day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_an_expiry_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    expiry = add_months(day, months)
    assert expiry.day == day.day or (expiry + timedelta(days=1)).day == 1
