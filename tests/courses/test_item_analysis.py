"""How well questions measure."""

from random import Random

import pytest

from courses.quizzes.rules import QuestionSpec
from courses.quizzes.rules.analysis import (
    FEWEST,
    Advice,
    Attempt,
    ItemFigures,
    TakenQuestion,
    analyse_items,
    analyse_test,
)
from tests.factories.courses import make_question

KEYS = [f"p{number}" for number in range(8)]
QUESTIONS: dict[str, QuestionSpec] = {key: make_question(key, options=4) for key in KEYS}


def taken(key: str, right: bool, *, chosen: int | None = None, seconds: float | None = None) -> TakenQuestion:
    option = chosen if chosen is not None else (0 if right else 1)
    return TakenQuestion(key, float(right), (option,), seconds)


def crowd(count: int = 60, *, odd: str = "", seconds: float | None = None) -> list[Attempt]:
    """People from weak to strong; each question is right with the chance of its taker, ``odd`` the other way."""
    chance = Random(4)
    people = []
    for number in range(count):
        strength = number / count
        attempt = [
            taken(key, chance.random() < (1 - strength if key == odd else strength), seconds=seconds)
            for key in KEYS
        ]
        people.append(attempt)
    return people


def figures_of(attempts: list[Attempt], key: str = "p0") -> ItemFigures:
    return analyse_items(attempts=attempts, questions=QUESTIONS)[key]


def test_nothing_is_told_below_thirty_attempts() -> None:
    assert analyse_items(attempts=crowd(FEWEST - 1), questions=QUESTIONS) == {}
    assert analyse_test(attempts=crowd(FEWEST - 1)) is None


def test_facility_is_the_mean_score() -> None:
    attempts = [[taken("p0", number % 4 == 0), taken("p1", True)] for number in range(40)]
    assert figures_of(attempts).facility == 0.25


def test_a_question_that_strong_people_know_discriminates() -> None:
    power = figures_of(crowd()).discrimination
    assert power is not None and power > 0.3


def test_a_question_that_strong_people_miss_may_have_a_wrong_key() -> None:
    assert Advice.CHECK_KEY in figures_of(crowd(odd="p0")).advice


@pytest.mark.parametrize(("right", "advice"), [(2, Advice.TOO_HARD), (40, Advice.TOO_EASY)])
def test_too_hard_and_too_easy_are_told(right: int, advice: Advice) -> None:
    attempts = [[taken("p0", number < right), taken("p1", number % 2 == 0)] for number in range(40)]
    assert advice in figures_of(attempts).advice


def test_a_question_that_everybody_knows_has_no_discrimination() -> None:
    attempts = [[taken("p0", True), taken("p1", number % 2 == 0)] for number in range(40)]
    assert figures_of(attempts).discrimination is None


def test_an_option_that_nobody_chooses_is_told() -> None:
    figures = figures_of(crowd())
    assert [use.share for use in figures.options][2:] == [0, 0]
    assert Advice.UNUSED_OPTION in figures.advice
    assert figures.options[2].mean_rest is None


def test_who_chose_the_right_option_did_better_in_the_others() -> None:
    right, wrong = figures_of(crowd()).options[:2]
    assert right.mean_rest is not None and wrong.mean_rest is not None
    assert right.mean_rest > wrong.mean_rest


def test_a_question_that_takes_three_times_as_long_is_told() -> None:
    attempts = [
        [
            TakenQuestion(item.key, item.score, item.chosen, 100 if item.key == "p0" else 20)
            for item in attempt
        ]
        for attempt in crowd()
    ]
    assert Advice.TAKES_LONG in figures_of(attempts).advice
    assert Advice.TAKES_LONG not in figures_of(attempts, "p1").advice


def test_an_assessment_of_people_who_differ_is_reliable_and_one_by_lot_is_not() -> None:
    chance = Random(9)
    lot = [[taken(key, chance.random() < 0.5) for key in KEYS] for _ in range(300)]
    real, random = analyse_test(attempts=crowd(300)), analyse_test(attempts=lot)
    assert real and real.is_reliable and random and not random.is_reliable


def test_questions_that_are_no_longer_there_are_left_out() -> None:
    assert set(analyse_items(attempts=crowd(), questions={"p0": QUESTIONS["p0"]})) == {"p0"}
