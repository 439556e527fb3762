"""When people are asked, and which five questions."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from courses.outline import DrawSpec
from courses.quizzes.rules import Option, QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from lms.feedback.rules.askings import TIMINGS, AskingKind, is_open, open_since, plan_due_days
from lms.feedback.rules.recall import draw_recall, share_kept

DAY = date(2026, 11, 20)
BODY = Choice((Option("Sí", True), Option("No", False)))
BLUEPRINT = (DrawSpec("A", 1), DrawSpec("B", 3))


def question(key: str, competence: str, kind: QuestionKind = QuestionKind.SINGLE) -> QuestionSpec:
    return QuestionSpec(key, competence, 1, kind, "¿?", BODY)


def bank(**sizes: int) -> dict[str, QuestionSpec]:
    rows = [question(f"{code}{n}", code) for code, size in sizes.items() for n in range(size)]
    return {row.key: row for row in rows}


def draw(questions: dict[str, QuestionSpec], seen: tuple[str, ...] = (), seed: int = 1) -> list[str]:
    drawn = draw_recall(blueprint=BLUEPRINT, bank=questions, seen=seen, chance=Random(seed))
    return [item.key for item in drawn]


def test_people_are_asked_at_once_after_two_weeks_and_after_three_months() -> None:
    days = plan_due_days(told_on=DAY, is_assessed=True)
    assert [(day - DAY).days for day in days.values()] == [0, 14, 90]


def test_without_an_assessment_there_is_nothing_to_recall() -> None:
    assert AskingKind.RECALL not in plan_due_days(told_on=DAY, is_assessed=False)


@pytest.mark.parametrize("kind", AskingKind)
def test_it_is_open_from_its_day_to_its_last(kind: AskingKind) -> None:
    last = DAY + TIMINGS[kind].open_for
    a_day = timedelta(days=1)
    asked = {day: is_open(kind=kind, due_on=DAY, day=day) for day in (DAY - a_day, DAY, last, last + a_day)}
    assert list(asked.values()) == [False, True, True, False]
    assert open_since(kind=kind, day=last) == DAY


def test_five_questions_are_drawn_in_turns_what_was_asked_most_first() -> None:
    keys = draw(bank(A=9, B=9))
    assert [key[0] for key in keys] == ["B", "A", "B", "A", "B"] and len(set(keys)) == 5


def test_a_small_competence_leaves_its_turns_to_the_others() -> None:
    assert sorted(key[0] for key in draw(bank(A=1, B=9))) == ["A", "B", "B", "B", "B"]


@pytest.mark.parametrize("seed", range(5))
def test_other_questions_are_asked_before_those_of_the_assessment(seed: int) -> None:
    keys = draw(bank(A=4, B=4), seen=("A0", "B0", "B1"), seed=seed)
    assert "A0" not in keys and {"B2", "B3"} <= set(keys)


def test_the_same_chance_draws_the_same() -> None:
    assert draw(bank(A=9, B=9), seed=7) == draw(bank(A=9, B=9), seed=7)


def test_nothing_is_asked_that_a_person_would_have_to_mark() -> None:
    questions = bank(A=1) | {"open": question("open", "B", QuestionKind.OPEN)}
    assert draw(questions) == ["A0"]


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [("4/5", "2/5", "1/2"), ("1/2", "1", "1"), ("1/2", "0", "0"), ("0", "1", None)],
)
def test_what_is_kept_is_a_share_of_what_was_known(before: str, after: str, kept: str | None) -> None:
    expected = None if kept is None else Fraction(kept)
    assert share_kept(before=Fraction(before), after=Fraction(after)) == expected
